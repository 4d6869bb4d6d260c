using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Problems;

namespace ProgressHub.AspNetCore.Uploads;

/// <summary>What requests and answers of tus 1.0 look like (https://tus.io/protocols/resumable-upload).</summary>
internal static class TusProtocol
{
    public const string Version = "1.0.0";
    public const string Extensions = "creation,creation-with-upload,creation-defer-length,checksum,concatenation,termination";
    public const string Resumable = ApiHeaders.TusResumable;
    public const string UploadOffset = ApiHeaders.UploadOffset;
    public const string UploadLength = ApiHeaders.UploadLength;
    public const string DeferLength = "Upload-Defer-Length";
    public const string ContentType = "application/offset+octet-stream";

    /// <summary>Says on every answer which version this is, and refuses requests of another.</summary>
    public static async ValueTask<object?> CheckVersionAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        Mark(context);
        if (!HttpMethods.IsGet(context.Request.Method) && context.Request.Headers[Resumable] != Version)
        {
            context.Response.Headers["Tus-Version"] = Version;
            return new ProblemResult(Problem.Of(
                StatusCodes.Status412PreconditionFailed, "unsupported_tus_version", $"This server speaks tus {Version}; send {Resumable}: {Version}.", Resumable));
        }

        return await next(invocation);
    }

    /// <summary>Also where the answer turns out to be a problem, for which all headers are set anew.</summary>
    public static void Mark(HttpContext context) => context.Response.OnStarting(static response =>
    {
        ((HttpResponse)response).Headers[Resumable] = Version;
        return Task.CompletedTask;
    }, context.Response);

    /// <summary>A header that is a number of bytes.</summary>
    /// <exception cref="RefusedException"><c>invalid_header</c>.</exception>
    public static long Bytes(HttpRequest request, string name) =>
        long.TryParse(request.Headers[name], NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            ? bytes
            : throw new RefusedException(
                StatusCodes.Status400BadRequest, "invalid_header", $"{name} is missing or is not a number of bytes.", name);

    /// <summary>How long the upload is to be; null where it says that it will say so later.</summary>
    /// <exception cref="RefusedException"><c>invalid_header</c>.</exception>
    public static long? Length(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(DeferLength, out var later))
            return Bytes(request, UploadLength);
        return later == "1" && !request.Headers.ContainsKey(UploadLength)
            ? null
            : throw new RefusedException(
                StatusCodes.Status400BadRequest, "invalid_header", $"{DeferLength} is 1, in place of {UploadLength}.", DeferLength);
    }

    /// <summary>Whether the body is bytes of the file.</summary>
    public static bool HasBytes(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals(ContentType, StringComparison.OrdinalIgnoreCase);

    /// <summary>The name in <c>Upload-Metadata</c>, which is pairs of a key and a text in UTF-8 and Base64.</summary>
    /// <exception cref="RefusedException"><c>invalid_header</c>.</exception>
    public static string? FileName(HttpRequest request)
    {
        string? name = null;
        foreach (var pair in request.Headers["Upload-Metadata"].ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split(' ', 2);
            var value = parts.Length == 2 ? Decode(parts[1]) : "";
            if (parts[0] == "filename" || (parts[0] == "name" && name is null))
                name = value;
        }

        return name;
    }

    public static string Text(long bytes) => bytes.ToString(CultureInfo.InvariantCulture);

    private static string Decode(string base64)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Convert.FromBase64String(base64));
        }
        catch (Exception failure) when (failure is FormatException or DecoderFallbackException)
        {
            throw new RefusedException(
                StatusCodes.Status400BadRequest, "invalid_header", "A value in Upload-Metadata is not UTF-8 in Base64.", "Upload-Metadata");
        }
    }
}

/// <summary>The body of this endpoint is a file: as long as it likes, and bounded where it is written.</summary>
internal sealed class UnlimitedBody : IRequestSizeLimitMetadata
{
    /// <inheritdoc/>
    public long? MaxRequestBodySize => null;
}
