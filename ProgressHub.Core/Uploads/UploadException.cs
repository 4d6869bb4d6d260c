namespace ProgressHub.Core.Uploads;

/// <summary>Why a file can't be taken, in words its sender may see.</summary>
/// <param name="code">A stable identifier, one of this class's.</param>
/// <param name="message">What is wrong and what to do about it.</param>
public sealed class UploadException(string code, string message) : Exception(message)
{
    /// <summary>The file is larger than one may be, or than its sender said.</summary>
    public const string TooLarge = "file_too_large";

    /// <summary>The file has no bytes.</summary>
    public const string Empty = "empty_file";

    /// <summary>All files together are as many bytes as they may be.</summary>
    public const string StorageFull = "storage_full";

    /// <summary>The disk is nearly full.</summary>
    public const string DiskFull = "disk_full";

    /// <summary>The owner has too many uploads that no job has used.</summary>
    public const string TooMany = "too_many_uploads";

    /// <summary>There is no such file, or it is somebody else's.</summary>
    public const string NotFound = "upload_not_found";

    /// <summary>The sender broke off.</summary>
    public const string Incomplete = "upload_incomplete";

    /// <summary>The bytes do not begin where the ones before them end.</summary>
    public const string WrongOffset = "offset_mismatch";

    /// <summary>The upload is of another length than is said now.</summary>
    public const string WrongLength = "length_mismatch";

    /// <summary>Another request goes on with this upload.</summary>
    public const string TakenOver = "upload_taken_over";

    /// <summary>The file is whole and a job needs it.</summary>
    public const string InUse = "upload_in_use";

    /// <summary>The stable identifier.</summary>
    public string Code { get; } = code;

    internal static UploadException NoSuchFile() => new(NotFound, "There is no such upload.");

    internal static UploadException Broken() =>
        new(Incomplete, "The upload broke off before the file was whole; send it again.");
}
