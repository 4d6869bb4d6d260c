using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Support;

/// <summary>
/// An event log in memory that a test controls: it can hold commits back, fail them, or fence them. It keeps the same
/// rule as the real one: an append succeeds only for the attempt that owns the job, right after the last event.
/// </summary>
internal sealed class HeldLog : IEventLog
{
    private readonly Lock _gate = new();
    private readonly Dictionary<JobId, Stored> _jobs = [];
    private TaskCompletionSource? _hold;
    private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _inFlight;

    /// <summary>Decides what becomes of an append: an exception to throw, or null to let it be.</summary>
    public Func<LogAppend, Exception?>? Fault { get; set; }

    /// <summary>Runs before a snapshot is returned, after it was read.</summary>
    public Func<Task>? AfterSnapshotRead { get; set; }

    /// <summary>Whether every append leaves its caller's thread.</summary>
    public bool Asynchronous { get; set; } = true;

    public int MostInFlight { get; private set; }

    public int Appends { get; private set; }

    public int SnapshotReads { get; private set; }

    /// <summary>How many events were read from here.</summary>
    public int EventsRead { get; private set; }

    /// <summary>Completes once an append waits here.</summary>
    public Task Arrived
    {
        get
        {
            lock (_gate)
                return _arrived.Task;
        }
    }

    public void Add(Job job, EventFrame first, JobSnapshot snapshot)
    {
        lock (_gate)
            _jobs[job.Id] = new Stored(job, snapshot) { Frames = { first } };
    }

    /// <summary>Holds every commit from now on.</summary>
    public void Hold()
    {
        lock (_gate)
        {
            _hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Release()
    {
        lock (_gate)
        {
            _hold?.SetResult();
            _hold = null;
        }
    }

    /// <summary>Lets another attempt take the job.</summary>
    public void Fence(JobId id)
    {
        lock (_gate)
            _jobs[id].Job = _jobs[id].Job with { Attempt = _jobs[id].Job.Attempt + 1 };
    }

    public void Remove(JobId id)
    {
        lock (_gate)
            _jobs.Remove(id);
    }

    public Job? Find(JobId id)
    {
        lock (_gate)
            return _jobs.GetValueOrDefault(id)?.Job;
    }

    public IReadOnlyList<EventFrame> Frames(JobId id)
    {
        lock (_gate)
            return [.. _jobs[id].Frames];
    }

    public async ValueTask<AppendOutcome> AppendAsync(LogAppend append, CancellationToken cancellationToken)
    {
        Task? hold;
        lock (_gate)
        {
            Appends++;
            MostInFlight = Math.Max(MostInFlight, ++_inFlight);
            hold = _hold?.Task;
            _arrived.TrySetResult();
        }

        try
        {
            if (Asynchronous)
                await Task.Yield();
            if (hold is not null)
                await hold;
            if (Fault?.Invoke(append) is { } fault)
                throw fault;
            return Commit(append);
        }
        finally
        {
            lock (_gate)
                _inFlight--;
        }
    }

    public ValueTask<IReadOnlyList<EventFrame>> ReadAsync(
        JobId id, long after, int limit, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            // As from a database: without the state after each event.
            List<EventFrame> page = [.. (_jobs.GetValueOrDefault(id)?.Frames ?? [])
                .Where(f => f.Seq > after).Take(limit)
                .Select(f => EventFrame.FromStored(f.JobId, f.Seq, f.Type, f.Item, f.Json.Span))];
            EventsRead += page.Count;
            return new(page);
        }
    }

    public async ValueTask<StoredSnapshot?> FindSnapshotAsync(JobId id, CancellationToken cancellationToken)
    {
        StoredSnapshot? snapshot;
        lock (_gate)
        {
            SnapshotReads++;
            snapshot = _jobs.TryGetValue(id, out var stored) ? new(stored.Job.Owner, stored.Snapshot) : null;
        }

        await Task.Yield();
        if (AfterSnapshotRead is { } then)
            await then();
        return snapshot;
    }

    public ValueTask<CreateOutcome> CreateAsync(NewJob job, CancellationToken cancellationToken)
    {
        Add(job.Job, job.Queued, job.Snapshot);
        return new(new CreateOutcome(null, false));
    }

    public ValueTask<bool> RetagAsync(JobSnapshot before, JobSnapshot after, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<IReadOnlyList<EventFrame>> ReadPartialsAsync(
        JobId id, int afterItem, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<EventFrame>> ReadPartialsSinceAsync(
        JobId id, long after, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyDictionary<JobId, long>> ReadEndsAsync(IReadOnlyList<JobId> jobs, CancellationToken cancellationToken)
    {
        lock (_gate)
            return new(jobs.Where(_jobs.ContainsKey).ToDictionary(id => id, id => _jobs[id].Snapshot.Seq));
    }

    public ValueTask<IReadOnlyDictionary<JobId, long>> ReadRecentEndsAsync(string owner, DateTimeOffset since, CancellationToken cancellationToken)
    {
        lock (_gate)
            return new(_jobs.Where(job => job.Value.Job.Owner == owner && (job.Value.Job.FinishedAt ?? since) >= since)
                .ToDictionary(job => job.Key, job => job.Value.Snapshot.Seq));
    }

    public ValueTask<ListPage<JobSnapshot>> ListAsync(JobQuery query, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<IReadOnlyDictionary<JobState, long>> CountAsync(JobQuery query, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<EndedJobs> ListEndedAsync(
        string owner, long after, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    private AppendOutcome Commit(LogAppend append)
    {
        lock (_gate)
        {
            var stored = _jobs[append.Job.Id];
            if (stored.Job.Attempt != append.Job.Attempt || append.Frames[0].Seq != stored.Frames[^1].Seq + 1)
                return AppendOutcome.Fenced;
            for (var i = 1; i < append.Frames.Count; i++)
                Assert.Equal(append.Frames[i - 1].Seq + 1, append.Frames[i].Seq);
            stored.Frames.AddRange(append.Frames);
            stored.Job = append.Job;
            stored.Snapshot = append.Snapshot;
            return AppendOutcome.Committed;
        }
    }

    private sealed class Stored(Job job, JobSnapshot snapshot)
    {
        public Job Job { get; set; } = job;

        public JobSnapshot Snapshot { get; set; } = snapshot;

        public List<EventFrame> Frames { get; } = [];
    }
}
