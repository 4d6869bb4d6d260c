using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Support;

/// <summary>What may not begin.</summary>
internal sealed partial class InMemoryStore
{
    private readonly SortedDictionary<string, QueuePause> _pauses = new(StringComparer.Ordinal);

    ValueTask<IReadOnlyList<QueuePause>> IQueuePauseStore.ListAsync(CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<QueuePause>>(() => [.. _pauses.Values]);

    ValueTask<bool> IQueuePauseStore.AddAsync(QueuePause pause, CancellationToken cancellationToken) =>
        Written(() => _pauses.TryAdd(pause.Kind ?? "", pause));

    ValueTask<bool> IQueuePauseStore.RemoveAsync(string? kind, CancellationToken cancellationToken) =>
        Written(() => _pauses.Remove(kind ?? ""));

    private bool MayBegin(Job job) => !_pauses.Values.Any(pause => pause.Holds(job.Kind));
}
