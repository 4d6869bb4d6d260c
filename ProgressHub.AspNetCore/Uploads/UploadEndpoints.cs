using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Uploads;

namespace ProgressHub.AspNetCore.Uploads;

/// <summary>Resumable uploads: tus 1.0 (https://tus.io/protocols/resumable-upload), core and most extensions.</summary>
internal static class UploadEndpoints
{
    private const string Path = "/api/uploads";

    public static void MapUploads(this IEndpointRouteBuilder routes)
    {
        var uploads = routes.MapGroup(Path)
            .WithTag(new ApiTag("Uploads", "Large files, sent in pieces and resumed after a break (tus 1.0)."))
            .RequireAuthorization()
            .WithMetadata(NeedsScope.Uploads)
            .AddEndpointFilter(TusProtocol.CheckVersionAsync);
        uploads.MapPost("", CreateAsync)
            .WithMetadata(new UnlimitedBody())
            .Produces<UploadStatus>(StatusCodes.Status201Created)
            .Describe(
                "createUpload", "Begins a resumable upload (tus 1.0)",
                "`Upload-Length` is its bytes, `Upload-Metadata: filename <Base64>` its name; `Location` is where the bytes go. " +
                "A job may name its `id` at once, and then shows its bytes as they come. A body of `application/offset+octet-stream` " +
                "is its first bytes. `Upload-Defer-Length: 1` in place of the length says that it comes with later bytes. " +
                "`Upload-Concat: partial` makes a piece, `Upload-Concat: final;` with the addresses of pieces one file of them.")
            .Problems(400, 404, 409, 412, 413, 429, 503, 507);
        MapOne(uploads.MapGroup("/{id}"));

        // A client asks this without knowing the version yet.
        routes.MapMethods(Path, [HttpMethods.Options], Tell).WithTag(new ApiTag("Uploads", "Large files, sent in pieces and resumed after a break (tus 1.0).")).RequireAuthorization()
            .WithMetadata(NeedsScope.Uploads)
            .Produces(StatusCodes.Status204NoContent)
            .Describe("describeUploads", "What of tus this server speaks", "`Tus-Version`, `Tus-Extension` and `Tus-Max-Size`.");
    }

    private static void MapOne(RouteGroupBuilder upload)
    {
        upload.MapGet("", GetAsync)
            .Produces<UploadStatus>()
            .Describe("getUpload", "How far an upload is", "With bytes that are on their way at this moment.")
            .Problems(404);
        upload.MapMethods("", [HttpMethods.Head], HeadAsync)
            .Produces(StatusCodes.Status200OK)
            .Describe(
                "getUploadOffset", "Where an upload goes on (tus 1.0)",
                "`Upload-Offset` is how much is on disk. A request that still sends bytes is ended by this one.")
            .Problems(404, 412);
        upload.MapPatch("", PatchAsync)
            .WithMetadata(new UnlimitedBody())
            .Accepts<Stream>(TusProtocol.ContentType)
            .Produces(StatusCodes.Status204NoContent)
            .Describe(
                "appendUpload", "Takes the next bytes of an upload (tus 1.0)",
                "`Upload-Offset` is where they belong. What came before a break is kept; ask with `HEAD` how much that is. " +
                "`Upload-Length` says how long it is where it began without. With an `Upload-Checksum` (" + TusChecksum.Algorithms + ") " +
                "they are kept only where they have it; else the answer is 460.")
            .Problems(400, 403, 404, 409, 412, 413, 415, 503, 507);
        upload.MapDelete("", DeleteAsync)
            .Produces(StatusCodes.Status204NoContent)
            .Describe(
                "deleteUpload", "Ends an upload and removes its bytes (tus 1.0)",
                "A job that waits for it fails with `upload_incomplete`. A whole file that a job needs stays: 409.")
            .Problems(404, 409, 412, 503);
    }

    private static NoContent Tell(HttpContext context, UploadService uploads)
    {
        var headers = context.Response.Headers;
        TusProtocol.Mark(context);
        headers["Tus-Version"] = TusProtocol.Version;
        headers["Tus-Extension"] = TusProtocol.Extensions;
        headers["Tus-Checksum-Algorithm"] = TusChecksum.Algorithms;
        headers["Tus-Max-Size"] = TusProtocol.Text(uploads.MaxBytes);
        return TypedResults.NoContent();
    }

    private static async Task<Created<UploadStatus>> CreateAsync(
        HttpContext context, ClaimsPrincipal user, UploadService uploads, CancellationToken aborted)
    {
        var request = context.Request;
        var (owner, name, concatenation) = (user.Owner(), TusProtocol.FileName(request), TusConcatenation.Of(request));
        var file = TusConcatenation.IsFinal(concatenation)
            ? await TusConcatenation.JoinAsync(concatenation!, owner, name, uploads, aborted)
            : await uploads.CreateAsync(owner, name, TusProtocol.Length(request), resumable: true, concatenation, aborted);
        if (!file.IsComplete && TusProtocol.HasBytes(request))
            file = await uploads.AppendAsync(file.Id, owner, 0, await TusChecksum.CheckedAsync(request, uploads.MaxBytes, aborted), isRest: false, aborted);
        else if (file.Length == 0 && !file.IsComplete)
            file = await uploads.AppendAsync(file.Id, owner, 0, Stream.Null, isRest: true, aborted);
        context.Response.Headers[TusProtocol.UploadOffset] = TusProtocol.Text(file.Received);
        return TypedResults.Created($"{Path}/{file.Id}", UploadStatus.Of(file));
    }

    private static async Task<Results<Ok<UploadStatus>, ProblemResult>> GetAsync(
        string id, HttpContext context, ClaimsPrincipal user, UploadService uploads, CancellationToken aborted)
    {
        context.Response.Headers.CacheControl = "no-store";
        return await uploads.FindAsync(id, user.Owner(), aborted) is { } file
            ? TypedResults.Ok(UploadStatus.Of(file))
            : Absent();
    }

    private static async Task<Results<Ok, ProblemResult>> HeadAsync(
        string id, HttpContext context, ClaimsPrincipal user, UploadService uploads, CancellationToken aborted)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        if (await uploads.InterruptAsync(id, user.Owner(), aborted) is not { } file)
            return Absent();
        headers[TusProtocol.UploadOffset] = TusProtocol.Text(file.Received);
        if (file.Length is { } length)
            headers[TusProtocol.UploadLength] = TusProtocol.Text(length);
        else
            headers[TusProtocol.DeferLength] = "1";
        if (file.Concatenation is { } concatenation)
            headers[TusConcatenation.Header] = concatenation;
        return TypedResults.Ok();
    }

    private static async Task<NoContent> PatchAsync(
        string id, HttpContext context, ClaimsPrincipal user, UploadService uploads, CancellationToken aborted)
    {
        if (!TusProtocol.HasBytes(context.Request))
        {
            throw new RefusedException(
                StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", $"The bytes come as {TusProtocol.ContentType}.", "Content-Type");
        }

        var (request, owner) = (context.Request, user.Owner());
        var offset = TusProtocol.Bytes(request, TusProtocol.UploadOffset);
        if (TusConcatenation.IsFinal((await uploads.FindAsync(id, owner, aborted))?.Concatenation))
            throw new RefusedException(StatusCodes.Status403Forbidden, "upload_final", "This upload was put together from others and takes no bytes.");
        if (request.Headers.ContainsKey(TusProtocol.UploadLength))
            await uploads.DeclareLengthAsync(id, owner, TusProtocol.Bytes(request, TusProtocol.UploadLength), aborted);
        var content = await TusChecksum.CheckedAsync(request, uploads.MaxBytes, aborted);
        var file = await uploads.AppendAsync(id, owner, offset, content, isRest: false, aborted);
        context.Response.Headers[TusProtocol.UploadOffset] = TusProtocol.Text(file.Received);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemResult>> DeleteAsync(
        string id, ClaimsPrincipal user, UploadService uploads, CancellationToken aborted) =>
        await uploads.RemoveAsync(id, user.Owner(), aborted) ? TypedResults.NoContent() : Absent();

    private static ProblemResult Absent() => new(Problem.Of(
        StatusCodes.Status404NotFound, UploadException.NotFound, "There is no such upload."));
}

/// <summary>How far an upload is.</summary>
/// <param name="Id">The file's id: what a job's input names.</param>
/// <param name="Name">What its sender called it.</param>
/// <param name="MediaType">What its first bytes say it is.</param>
/// <param name="Offset">How many bytes are here.</param>
/// <param name="Length">How many there will be; missing where that is not known yet.</param>
/// <param name="Complete">Whether it is whole.</param>
/// <param name="CreatedAt">When it began.</param>
internal sealed record UploadStatus(
    string Id, string Name, string MediaType, long Offset, long? Length, bool Complete, DateTimeOffset CreatedAt)
{
    public static UploadStatus Of(StoredFile file) =>
        new(file.Id, file.Name, file.MediaType, file.Received, file.Length, file.IsComplete, file.CreatedAt);
}
