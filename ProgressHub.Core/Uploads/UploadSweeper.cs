using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Uploads;

/// <summary>Removes files that nobody needs, and, when the server starts, brings rows and bytes into line.</summary>
internal sealed partial class UploadSweeper(
    IFileStore files, IBlobStore blobs, UploadService uploads, IOptions<UploadOptions> options, SweepSchedule schedule,
    ILogger<UploadSweeper> logger) : PeriodicSweep(schedule, logger)
{
    private const int Slice = 500;
    private readonly TimeProvider _time = schedule.Time;
    private readonly ILogger<UploadSweeper> _logger = logger;

    protected override TimeSpan Interval => options.Value.SweepInterval;

    protected override string What => "uploads that nobody used, or whose rest did not come,";

    /// <summary>
    /// After a crash: ends uploads whose sender can't come back, and removes bytes without a row and rows without bytes.
    /// Blobs are listed before rows, and a row is made before its blob: what is on its way is never taken for a leftover.
    /// </summary>
    public async Task ReconcileAsync(CancellationToken cancellationToken)
    {
        await uploads.SweepRemovedAsync(cancellationToken);
        var found = blobs.List().ToHashSet(StringComparer.Ordinal);
        foreach (var id in await files.ListUnresumableAsync(cancellationToken))
            await uploads.BreakAsync(id, UploadException.Broken());

        var after = "";
        IReadOnlyList<StoredFile> page;
        do
        {
            page = await files.ListAsync(after, Slice, cancellationToken);
            foreach (var file in page)
            {
                found.Remove(file.Id);
                if (file.Received > 0 && !(blobs.LengthOf(file.Id) >= file.Received))
                {
                    LogBytesLost(file.Id);
                    await uploads.BreakAsync(file.Id, UploadException.Broken());
                }

                after = file.Id;
            }
        }
        while (page.Count == Slice);

        foreach (var id in found)
            blobs.Delete(id);
        if (found.Count > 0)
            LogLeftovers(found.Count);
    }

    /// <summary>Removes what is not used, or not whole, and was not touched for too long; returns how many went.</summary>
    public override async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        await uploads.SweepRemovedAsync(cancellationToken);
        var cutoff = _time.GetUtcNow() - options.Value.UnusedLifetime;
        var (removed, kept) = (0, 0);
        IReadOnlyList<string> stale;
        do
        {
            // Past those that stay: there may be a whole slice of them.
            stale = await files.ListStaleAsync(cutoff, kept, Slice, cancellationToken);
            foreach (var id in stale)
            {
                // Its sender may have come back, or a job have begun to use it in this instant.
                if (uploads.IsUnderWay(id, options.Value.UnusedLifetime)
                    || !await files.RemoveAsync(id, evenIfUsed: false, cancellationToken))
                {
                    kept++;
                    continue;
                }

                await uploads.EndAsync(id, UploadException.Broken());
                removed++;
            }
        }
        while (stale.Count == Slice);
        return removed;
    }

    [LoggerMessage(LogLevel.Warning, "The bytes of file {FileId} are missing; it is removed.")]
    private partial void LogBytesLost(string fileId);

    [LoggerMessage(LogLevel.Information, "{Count} files on disk belonged to nothing and were removed.")]
    private partial void LogLeftovers(int count);
}
