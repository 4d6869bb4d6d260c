using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using ProgressHub.Core.Uploads;
using ProgressHub.Web.OpenApi;
using ProgressHub.Web.Problems;
using ProgressHub.Web.Security;

namespace ProgressHub.Web.Uploads;

/// <summary>Resumable uploads: tus 1.0 (https://tus.io/protocols/resumable-upload), core, creation and termination.</summary>
internal static class UploadEndpoints
{
    private const string Path = "/api/uploads";

    public static void MapUploads(this IEndpointRouteBuilder routes)
    {
        var uploads = routes.MapGroup(Path)
            .WithTags("Uploads")
            .RequireAuthorization()
            .AddEndpointFilter(TusProtocol.CheckVersionAsync);
        uploads.MapPost("", CreateAsync)
            .WithMetadata(new UnlimitedBody())
            .Produces<UploadStatus>(StatusCodes.Status201Created)
            .Describe(
                "createUpload", "Begins a resumable upload (tus 1.0)",
                "`Upload-Length` is its bytes, `Upload-Metadata: filename <Base64>` its name; `Location` is where the bytes go. " +
                "A job may name its `id` at once, and then shows its bytes as they come. A body of `application/offset+octet-stream` " +
                "is its first bytes.")
            .Problems(400, 412, 413, 422, 429, 503, 507);
        MapOne(uploads.MapGroup("/{id}"));

        // A client asks this without knowing the version yet.
        routes.MapMethods(Path, [HttpMethods.Options], Tell).WithTags("Uploads").RequireAuthorization()
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
                "`Upload-Offset` is where they belong. What came before a break is kept; ask with `HEAD` how much that is.")
            .Problems(400, 404, 409, 412, 413, 415, 503, 507);
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
        headers["Tus-Max-Size"] = TusProtocol.Text(uploads.MaxBytes);
        return TypedResults.NoContent();
    }

    private static async Task<Created<UploadStatus>> CreateAsync(
        HttpContext context, ClaimsPrincipal user, UploadService uploads, CancellationToken aborted)
    {
        var request = context.Request;
        if (request.Headers.ContainsKey("Upload-Defer-Length"))
            throw new RefusedException(StatusCodes.Status400BadRequest, "invalid_header", "Say the Upload-Length at once.", "Upload-Defer-Length");
        var file = await uploads.CreateAsync(
            user.Owner(), TusProtocol.FileName(request), TusProtocol.Bytes(request, TusProtocol.UploadLength), resumable: true, aborted);
        if (TusProtocol.HasBytes(request))
            file = await uploads.AppendAsync(file.Id, user.Owner(), 0, request.Body, isRest: false, aborted);
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
        if (await uploads.SettleAsync(id, user.Owner(), aborted) is not { } file)
            return Absent();
        headers[TusProtocol.UploadOffset] = TusProtocol.Text(file.Received);
        if (file.Length is { } length)
            headers[TusProtocol.UploadLength] = TusProtocol.Text(length);
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

        var offset = TusProtocol.Bytes(context.Request, TusProtocol.UploadOffset);
        var file = await uploads.AppendAsync(id, user.Owner(), offset, context.Request.Body, isRest: false, aborted);
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
