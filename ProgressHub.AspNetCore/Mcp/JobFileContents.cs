using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Uploads;

namespace ProgressHub.AspNetCore.Mcp;

/// <summary>The bytes of a job's file, in an answer that a model can take.</summary>
internal sealed class JobFileContents(JobService jobs, UploadService uploads, IOptions<McpOptions> options)
{
    /// <summary>A file by id or name; of those of one name, the one that the work made.</summary>
    /// <returns>Null where there is none, or it is not whole; of one that is too large, where to download it.</returns>
    public async Task<ResourceContents?> ReadAsync(JobUri uri, string name, string owner, CancellationToken cancellationToken)
    {
        var all = await jobs.ListFilesAsync(uri.Job, owner, cancellationToken) ?? [];
        var found = all.FirstOrDefault(f => f.File.Id == name)
            ?? all.Where(f => f.File.Name == name).OrderByDescending(f => f.Derived).FirstOrDefault();
        if (found is not { File.IsComplete: true } || uploads.PathOf(found.File) is not { } path)
            return null;
        if (CallResults.IsText(found.File.MediaType))
            return Text(uri, await TextAsync(path, uri, cancellationToken), found.File.MediaType);
        if (found.File.Length > options.Value.MaxBlobBytes)
        {
            var about = $"{found.File.Length:0} bytes of {found.File.MediaType}, too many to send here.";
            return Text(uri, $"[{about} Download them: GET /api/jobs/{uri.Job}/files/{found.File.Id}]", "text/plain");
        }

        return BlobResourceContents.FromBytes(await File.ReadAllBytesAsync(path, cancellationToken), uri.ToString(), found.File.MediaType);
    }

    private static TextResourceContents Text(JobUri uri, string text, string mediaType) =>
        new() { Uri = uri.ToString(), Text = text, MimeType = mediaType };

    // Read as far as it is sent, and no further: a file may be larger than memory.
    private async Task<string> TextAsync(string path, JobUri uri, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(path);
        var page = new char[options.Value.MaxTextCharacters + 1];
        for (var left = uri.Position; left > 0;)
        {
            var skipped = await reader.ReadBlockAsync(page.AsMemory(0, (int)Math.Min(left, page.Length)), cancellationToken);
            if (skipped == 0)
                return "";
            left -= skipped;
        }

        var read = await reader.ReadBlockAsync(page, cancellationToken);
        if (read < page.Length)
            return new string(page, 0, read);
        var end = char.IsHighSurrogate(page[read - 2]) ? read - 2 : read - 1;
        return $"{new string(page, 0, end)}\n[Cut. Read on at {uri with { Position = uri.Position + end }}]";
    }
}
