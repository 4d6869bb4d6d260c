using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Support;

/// <summary>A switch in front of the real store: down, or failing where a test says so.</summary>
internal sealed class StoreFaults
{
    /// <summary>While set, nothing can be read or written.</summary>
    public volatile bool Down;

    /// <summary>How many calls were refused.</summary>
    public int Refused;

    /// <summary>Runs before a call; it may throw, or take its time. Given the name of the method.</summary>
    public Func<string, JobId?, Task>? Before { get; set; }

    /// <summary>Runs once a job was created, before its submitter hears of it.</summary>
    public Func<JobId, Task>? AfterCreate { get; set; }

    /// <summary>Puts the switch in front of whatever store is registered.</summary>
    public void Install(IServiceCollection services)
    {
        var store = services.Last(s => s.ServiceType == typeof(IJobStore)).ImplementationType!;
        var log = services.Last(s => s.ServiceType == typeof(IEventLog)).ImplementationType!;
        services.AddSingleton<IJobStore>(p => new FaultyStore((IJobStore)ActivatorUtilities.CreateInstance(p, store), this));
        services.AddSingleton<IEventLog>(p => new FaultyLog((IEventLog)ActivatorUtilities.CreateInstance(p, log), this));
    }

    public async ValueTask CheckAsync(string method, JobId? id = null)
    {
        if (Before is { } before)
            await before(method, id);
        if (!Down)
            return;
        Interlocked.Increment(ref Refused);
        throw new StorageUnavailableException("Down for a test.");
    }
}

internal sealed class FaultyLog(IEventLog inner, StoreFaults faults) : IEventLog
{
    public async ValueTask<CreateOutcome> CreateAsync(NewJob job, CancellationToken cancellationToken)
    {
        await faults.CheckAsync(nameof(CreateAsync), job.Job.Id);
        var outcome = await inner.CreateAsync(job, cancellationToken);
        if (faults.AfterCreate is { } after)
            await after(job.Job.Id);
        return outcome;
    }

    public async ValueTask<AppendOutcome> AppendAsync(LogAppend append, CancellationToken cancellationToken)
    {
        await faults.CheckAsync(nameof(AppendAsync), append.Job.Id);
        return await inner.AppendAsync(append, cancellationToken);
    }

    public async ValueTask<bool> RetagAsync(JobSnapshot before, JobSnapshot after, CancellationToken cancellationToken)
    {
        await faults.CheckAsync(nameof(RetagAsync), before.JobId);
        return await inner.RetagAsync(before, after, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<EventFrame>> ReadAsync(
        JobId id, long after, int limit, CancellationToken cancellationToken)
    {
        await faults.CheckAsync(nameof(ReadAsync), id);
        return await inner.ReadAsync(id, after, limit, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<EventFrame>> ReadPartialsAsync(
        JobId id, int afterItem, int limit, CancellationToken cancellationToken)
    {
        await faults.CheckAsync(nameof(ReadPartialsAsync), id);
        return await inner.ReadPartialsAsync(id, afterItem, limit, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<EventFrame>> ReadPartialsSinceAsync(
        JobId id, long after, int limit, CancellationToken cancellationToken)
    {
        await faults.CheckAsync(nameof(ReadPartialsSinceAsync), id);
        return await inner.ReadPartialsSinceAsync(id, after, limit, cancellationToken);
    }

    public async ValueTask<StoredSnapshot?> FindSnapshotAsync(JobId id, CancellationToken cancellationToken)
    {
        await faults.CheckAsync(nameof(FindSnapshotAsync), id);
        return await inner.FindSnapshotAsync(id, cancellationToken);
    }

    public async ValueTask<ListPage<JobSnapshot>> ListAsync(JobQuery query, CancellationToken cancellationToken)
    {
        await faults.CheckAsync(nameof(ListAsync));
        return await inner.ListAsync(query, cancellationToken);
    }

    public ValueTask<IReadOnlyDictionary<JobState, long>> CountAsync(JobQuery query, CancellationToken cancellationToken) =>
        inner.CountAsync(query, cancellationToken);

    public ValueTask<IReadOnlyDictionary<JobId, long>> ReadRecentEndsAsync(string owner, DateTimeOffset since, CancellationToken cancellationToken) =>
        inner.ReadRecentEndsAsync(owner, since, cancellationToken);

    public ValueTask<IReadOnlyDictionary<JobId, long>> ReadEndsAsync(IReadOnlyList<JobId> jobs, CancellationToken cancellationToken) =>
        inner.ReadEndsAsync(jobs, cancellationToken);

    public async ValueTask<EndedJobs> ListEndedAsync(
        string owner, long after, int limit, CancellationToken cancellationToken)
    {
        await faults.CheckAsync(nameof(ListEndedAsync));
        return await inner.ListEndedAsync(owner, after, limit, cancellationToken);
    }
}

[DebuggerDisplay("In front of {inner}")]
internal sealed class FaultyStore(IJobStore inner, StoreFaults faults) : IJobStore
{
    public Task InitializeAsync(CancellationToken cancellationToken) => inner.InitializeAsync(cancellationToken);

    public ValueTask<Job?> FindAsync(JobId id, CancellationToken cancellationToken) =>
        Checked(nameof(FindAsync), () => inner.FindAsync(id, cancellationToken), id);

    public ValueTask<JobTombstone?> FindTombstoneAsync(JobId id, CancellationToken cancellationToken) =>
        Checked(nameof(FindTombstoneAsync), () => inner.FindTombstoneAsync(id, cancellationToken), id);

    public ValueTask<ReadOnlyMemory<byte>?> ReadInputAsync(JobId id, CancellationToken cancellationToken) =>
        Checked(nameof(ReadInputAsync), () => inner.ReadInputAsync(id, cancellationToken), id);

    public ValueTask<bool> AmendInputAsync(JobId id, ReadOnlyMemory<byte> input, CancellationToken cancellationToken) =>
        Checked(nameof(AmendInputAsync), () => inner.AmendInputAsync(id, input, cancellationToken), id);

    public ValueTask<IReadOnlyList<Job>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
        Checked(nameof(ClaimAsync), () => inner.ClaimAsync(request, cancellationToken));

    public ValueTask<IReadOnlyList<Job>> ListInterruptedAsync(CancellationToken cancellationToken) =>
        Checked(nameof(ListInterruptedAsync), () => inner.ListInterruptedAsync(cancellationToken));

    public ValueTask<IReadOnlyList<JobId>> ListQueuedAsync(int limit, CancellationToken cancellationToken) =>
        Checked(nameof(ListQueuedAsync), () => inner.ListQueuedAsync(limit, cancellationToken));

    public ValueTask<int> CountQueuedAsync(string owner, CancellationToken cancellationToken) =>
        Checked(nameof(CountQueuedAsync), () => inner.CountQueuedAsync(owner, cancellationToken));

    public ValueTask<DateTimeOffset?> NextRunAfterAsync(DateTimeOffset after, CancellationToken cancellationToken) =>
        Checked(nameof(NextRunAfterAsync), () => inner.NextRunAfterAsync(after, cancellationToken));

    public ValueTask<IReadOnlyList<JobId>> ListQueuedOfKindAsync(string kind, int limit, CancellationToken cancellationToken) =>
        Checked(nameof(ListQueuedOfKindAsync), () => inner.ListQueuedOfKindAsync(kind, limit, cancellationToken));

    public ValueTask<int?> QueuePositionAsync(JobId id, CancellationToken cancellationToken) =>
        Checked(nameof(QueuePositionAsync), () => inner.QueuePositionAsync(id, cancellationToken), id);

    public ValueTask<bool> MoveToFrontAsync(JobId id, CancellationToken cancellationToken) =>
        Checked(nameof(MoveToFrontAsync), () => inner.MoveToFrontAsync(id, cancellationToken), id);

    public ValueTask<IReadOnlyList<(string Kind, JobState State, long Count)>> CountAsync(CancellationToken cancellationToken) =>
        Checked(nameof(CountAsync), () => inner.CountAsync(cancellationToken));

    public ValueTask<ReadOnlyMemory<byte>?> ReadCheckpointAsync(JobId id, CancellationToken cancellationToken) =>
        Checked(nameof(ReadCheckpointAsync), () => inner.ReadCheckpointAsync(id, cancellationToken), id);

    public ValueTask<bool> SaveCheckpointAsync(
        AttemptFence fence, ReadOnlyMemory<byte> checkpoint, CancellationToken cancellationToken) =>
        Checked(nameof(SaveCheckpointAsync), () => inner.SaveCheckpointAsync(fence, checkpoint, cancellationToken), fence.Job);

    public ValueTask<bool> HasCheckpointAsync(JobId id, int attempt, CancellationToken cancellationToken) =>
        Checked(nameof(HasCheckpointAsync), () => inner.HasCheckpointAsync(id, attempt, cancellationToken), id);

    public ValueTask<ResultDocument?> ReadResultAsync(JobId id, CancellationToken cancellationToken) =>
        Checked(nameof(ReadResultAsync), () => inner.ReadResultAsync(id, cancellationToken), id);

    public ValueTask<bool> SaveResultAsync(
        AttemptFence fence, ResultDocument result, CancellationToken cancellationToken) =>
        Checked(nameof(SaveResultAsync), () => inner.SaveResultAsync(fence, result, cancellationToken), fence.Job);

    public ValueTask<bool> PurgeAsync(JobId id, DateTimeOffset now, CancellationToken cancellationToken) =>
        Checked(nameof(PurgeAsync), () => inner.PurgeAsync(id, now, cancellationToken), id);

    public ValueTask<IReadOnlyList<JobId>> ListFinishedBeforeAsync(
        string kind, DateTimeOffset cutoff, int limit, CancellationToken cancellationToken) =>
        Checked(nameof(ListFinishedBeforeAsync), () => inner.ListFinishedBeforeAsync(kind, cutoff, limit, cancellationToken));

    public async ValueTask PurgeTombstonesAsync(DateTimeOffset cutoff, CancellationToken cancellationToken)
    {
        await faults.CheckAsync(nameof(PurgeTombstonesAsync));
        await inner.PurgeTombstonesAsync(cutoff, cancellationToken);
    }

    public async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        await faults.CheckAsync(nameof(ProbeAsync));
        await inner.ProbeAsync(cancellationToken);
    }

    private async ValueTask<T> Checked<T>(string method, Func<ValueTask<T>> call, JobId? id = null)
    {
        await faults.CheckAsync(method, id);
        return await call();
    }
}
