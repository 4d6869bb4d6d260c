namespace ProgressHub.AspNetCore.Http;

/// <summary>Headers of this API that pages of other origins may read.</summary>
internal static class ApiHeaders
{
    /// <summary>The job's id, on every answer once the job is there: also where its upload then fails.</summary>
    public const string JobId = "X-Job-Id";

    /// <summary>The version of tus (https://tus.io/protocols/resumable-upload).</summary>
    public const string TusResumable = "Tus-Resumable";

    /// <summary>How many bytes of an upload are here.</summary>
    public const string UploadOffset = "Upload-Offset";

    /// <summary>How many bytes an upload has.</summary>
    public const string UploadLength = "Upload-Length";

    /// <summary>Where to read a durable stream on (Durable Streams, section 5.5).</summary>
    public const string StreamNextOffset = "Stream-Next-Offset";

    /// <summary>There was no more when this was answered.</summary>
    public const string StreamUpToDate = "Stream-Up-To-Date";

    /// <summary>There will never be more.</summary>
    public const string StreamClosed = "Stream-Closed";

    /// <summary>What a live read sends back as <c>cursor</c>.</summary>
    public const string StreamCursor = "Stream-Cursor";
}
