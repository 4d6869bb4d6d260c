using ProgressHub.AspNetCore.Problems;
using ProgressHub.Core.Uploads;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.AspNetCore.Analysis;

/// <summary>Uploads that become the tables of sessions.</summary>
internal static class TableUploads
{
    /// <summary>Opens a whole upload; returns it with its name.</summary>
    /// <exception cref="WorkloadException"><c>unknown_file</c> or <c>table_too_large</c>.</exception>
    /// <exception cref="RefusedException"><c>upload_incomplete</c>.</exception>
    public static async Task<(FileStream Content, string Name)> OpenAsync(
        string id, string owner, UploadService uploads, long most, CancellationToken aborted)
    {
        if (await uploads.FindAsync(id, owner, aborted) is not { } file || (file.IsComplete && uploads.PathOf(file) is null))
            throw new WorkloadException("unknown_file", "There is no such uploaded file.") { Property = "file" };
        if (!file.IsComplete)
            throw new RefusedException(StatusCodes.Status409Conflict, UploadException.Incomplete, "The file is not whole yet.", "file");
        return file.Length <= most
            ? (File.OpenRead(uploads.PathOf(file)!), file.Name)
            : throw new WorkloadException("table_too_large", $"A table may have {most} bytes; this one has more.") { Property = "file" };
    }
}
