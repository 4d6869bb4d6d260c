using Microsoft.Net.Http.Headers;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Uploads;

namespace ProgressHub.AspNetCore.Jobs;

/// <summary>The files of a job: those it was given and those its work made.</summary>
internal static class FileEndpoints
{
    public static async Task<IResult> ListAsync([AsParameters] JobCall call) =>
        await call.Jobs.ListFilesAsync(call.Id, call.Owner, call.Aborted) is { } files
            ? TypedResults.Ok(new FileList([.. files.Select(FileView.Of)]))
            : await call.AbsentAsync();

    /// <summary>By id, or by name: first among what the work made, where names are unique.</summary>
    public static async Task<IResult> GetAsync(
        [AsParameters] JobCall call, string file, HttpContext context, UploadService uploads, bool? download)
    {
        if (await call.Jobs.ListFilesAsync(call.Id, call.Owner, call.Aborted) is not { } files)
            return await call.AbsentAsync();
        var found = files.FirstOrDefault(f => f.File.Id == file)
            ?? files.Where(f => f.File.Name == file).OrderByDescending(f => f.Derived).FirstOrDefault();
        if (found is null)
            return Refuse(StatusCodes.Status404NotFound, "file_not_found", "The job has no such file.");
        if (!found.File.IsComplete)
            return Refuse(StatusCodes.Status409Conflict, UploadException.Incomplete, "The file is not whole yet.");
        if (uploads.PathOf(found.File) is not { } path)
            return Refuse(StatusCodes.Status404NotFound, "file_not_found", "The bytes of the file are gone.");

        context.Response.Headers.CacheControl = "private, no-cache";
        SecurityHeaders.Sandbox(context);

        // Bytes under an id never change, so the id is a strong tag of them.
        return TypedResults.PhysicalFile(
            path, found.File.MediaType, download == true ? FileNames.Safe(found.File.Name) : null,
            found.File.CompletedAt, new EntityTagHeaderValue($"\"{found.File.Id}\""), enableRangeProcessing: true);
    }

    private static ProblemResult Refuse(int status, string code, string detail) => new(Problem.Of(status, code, detail));
}

/// <summary>The files of a job.</summary>
/// <param name="Files">Those its input names, then those its work made.</param>
internal sealed record FileList(IReadOnlyList<FileView> Files);

/// <summary>A file of a job.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What its sender, or the work, called it.</param>
/// <param name="MediaType">What its first bytes say it is, or what the work said.</param>
/// <param name="Length">Its bytes; missing where that is not known yet.</param>
/// <param name="Received">How many of them are here.</param>
/// <param name="Complete">Whether it is whole, and can be downloaded.</param>
/// <param name="Derived">Whether the work made it.</param>
internal sealed record FileView(
    string Id, string Name, string MediaType, long? Length, long Received, bool Complete, bool Derived)
{
    public static FileView Of(JobFile file) => new(
        file.File.Id, file.File.Name, file.File.MediaType, file.File.Length, file.File.Received, file.File.IsComplete, file.Derived);
}
