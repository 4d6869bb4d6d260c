using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;

namespace ProgressHub.AspNetCore.Jobs;

/// <summary>
/// Whether a form that comes again under its idempotency key brings the files it brought before. Their names are compared
/// when the job is submitted; their bytes only show at the end.
/// </summary>
internal sealed class EarlierFiles(JobService jobs, UploadService uploads, string owner)
{
    /// <summary>
    /// Compares them with those of the job that the first form made. Where that one is still on its way, this waits for its
    /// end; where its files are gone there is nothing to compare, and the job's state says what became of it.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="sent">What came now, in order.</param>
    /// <param name="cancellationToken">Whoever asks has gone.</param>
    /// <exception cref="JobConflictException"><c>idempotency_key_reused</c>: they are others.</exception>
    public async Task RequireSameAsync(JobId job, IReadOnlyList<FileDigest> sent, CancellationToken cancellationToken)
    {
        var files = (await jobs.ListFilesAsync(job, owner, cancellationToken) ?? []).Where(f => !f.Derived).Select(f => f.File).ToList();
        if (files.Count == 0)
            return;
        if (files.Count != sent.Count)
            throw Others();
        for (var i = 0; i < files.Count; i++)
        {
            if (await DigestAsync(files[i], cancellationToken) is { } earlier && earlier != sent[i])
                throw Others();
        }
    }

    private static JobConflictException Others() =>
        new("idempotency_key_reused", "This Idempotency-Key came with another file before.");

    /// <summary>That of a stored file, once it is whole; null where it never will be, or its bytes are gone.</summary>
    private async Task<FileDigest?> DigestAsync(StoredFile file, CancellationToken cancellationToken)
    {
        if (!file.IsComplete && await WholeAsync(file, cancellationToken) is null)
            return null;
        if (uploads.PathOf(file) is not { } path)
            return null;
        await using var content = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete,
            Options = FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize = 0,
        });
        return await FileDigest.OfAsync(content, long.MaxValue - 1, cancellationToken);
    }

    private async Task<StoredFile?> WholeAsync(StoredFile file, CancellationToken cancellationToken)
    {
        // A sender that is gone leaves nothing to wait for: the file is swept, and its job ends.
        if (!uploads.IsUnderWay(file))
            return await uploads.FindAsync(file.Id, owner, cancellationToken) is { IsComplete: true } whole ? whole : null;
        using var hold = uploads.Open(file.Id);
        try
        {
            // It may have become whole before it was taken hold of.
            return await uploads.FindAsync(file.Id, owner, cancellationToken) switch
            {
                { IsComplete: true } whole => whole,
                null => null,
                _ => await hold.Upload.Whole.WaitAsync(cancellationToken),
            };
        }
        catch (UploadException)
        {
            return null;
        }
    }
}
