using Microsoft.Extensions.Logging;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>
/// At start-up: the jobs that wait for a workload which this server no longer has end, with an error that says so. Nobody would
/// ever run them, and their watchers would wait for ever. Their input is kept: once the workload is back they can be retried.
/// </summary>
internal sealed partial class UnknownKinds(
    IJobStore store, WorkloadCatalog workloads, JobLogs logs, JobEnd end, ILogger<UnknownKinds> logger)
{
    // So many ends go into the same commits.
    private const int AtOnce = 64;

    /// <summary>Ends them.</summary>
    public async Task EndAllAsync(CancellationToken cancellationToken)
    {
        foreach (var kind in (await store.CountAsync(cancellationToken)).Where(c => c.State == JobState.Queued).Select(c => c.Kind))
        {
            if (workloads.Find(kind) is null && await EndAsync(kind, cancellationToken) is > 0 and var ended)
                LogEnded(ended, kind);
        }
    }

    private async Task<int> EndAsync(string kind, CancellationToken cancellationToken)
    {
        var ended = 0;
        while (true)
        {
            var ids = await store.ListQueuedOfKindAsync(kind, AtOnce, cancellationToken);
            var ends = await Task.WhenAll(ids.Select(id => EndAsync(id, kind, cancellationToken)));
            ended += ends.Count(done => done);
            if (ids.Count < AtOnce || !ends.Contains(true))
                return ended;
        }
    }

    private async Task<bool> EndAsync(JobId id, string kind, CancellationToken cancellationToken)
    {
        using var writer = await logs.OpenAsync(id, cancellationToken);
        return writer?.Job is { State: JobState.Queued } && await end.EndAsync(writer, JobState.Failed, new JobError(
            "unknown_kind", EventText.Line($"This server no longer has the workload '{kind}'; retry the job once it has.")));
    }

    [LoggerMessage(LogLevel.Warning, "{Count} jobs waited for a workload {Kind}, which is not there any more; they have ended.")]
    private partial void LogEnded(int count, string kind);
}
