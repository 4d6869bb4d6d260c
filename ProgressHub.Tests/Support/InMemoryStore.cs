using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Support;

/// <summary>Jobs and logs in memory, keeping the contracts of the real store. Set <see cref="Broken"/> to refuse writes.</summary>
internal sealed partial class InMemoryStore : IJobStore, IEventLog, IQueuePauseStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<JobId, Row> _rows = [];
    private readonly Dictionary<JobId, JobTombstone> _tombstones = [];
    private readonly Dictionary<(string Owner, string Key), (string Hash, JobId Job)> _keys = [];
    private readonly Dictionary<string, long> _endings = [];
    private long _positions;

    public InMemoryWebhooks Webhooks { get; } = new();

    /// <summary>Whether every write is refused.</summary>
    public bool Broken { get; set; }

    public Task InitializeAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask<Job?> FindAsync(JobId id, CancellationToken cancellationToken) =>
        Locked(() => _rows.GetValueOrDefault(id)?.Job);

    public ValueTask<JobTombstone?> FindTombstoneAsync(JobId id, CancellationToken cancellationToken) =>
        Locked(() => _tombstones.GetValueOrDefault(id));

    public ValueTask<ReadOnlyMemory<byte>?> ReadInputAsync(JobId id, CancellationToken cancellationToken) =>
        Locked(() => _rows.GetValueOrDefault(id)?.Input);

    public ValueTask<bool> AmendInputAsync(JobId id, ReadOnlyMemory<byte> input, CancellationToken cancellationToken) =>
        Written(() =>
        {
            if (_rows.GetValueOrDefault(id) is not { Job.FinishedAt: null } row)
                return false;
            row.Input = input;
            return true;
        });

    public ValueTask<IReadOnlyList<Job>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
        Written<IReadOnlyList<Job>>(() =>
        {
            var places = request.FreeSlots.ToDictionary();
            var remoteSlots = request.RemoteSlots.ToDictionary();
            var here = 0;
            var claimed = new List<Job>();
            foreach (var row in Queued().Where(r => MayBegin(r.Job) && (r.Job.RunAfter is not { } at || at <= request.Now)))
            {
                var elsewhere = request.RemoteSlots.ContainsKey(row.Job.Kind);
                if (elsewhere ? remoteSlots[row.Job.Kind] == 0 : here == request.Limit || places.GetValueOrDefault(row.Job.Kind) == 0)
                    continue;
                if (elsewhere)
                    remoteSlots[row.Job.Kind]--;
                else
                    (places[row.Job.Kind], here) = (places[row.Job.Kind] - 1, here + 1);
                row.Job = row.Job.Start(request.Now, request.Node);
                claimed.Add(row.Job);
            }

            return claimed;
        });

    public ValueTask<IReadOnlyList<Job>> ListInterruptedAsync(CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<Job>>(() =>
            [.. _rows.Values.Select(r => r.Job).Where(j => j.State != JobState.Queued && !j.State.IsFinal())]);

    public ValueTask<IReadOnlyList<JobId>> ListQueuedAsync(int limit, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<JobId>>(() => [.. Queued().Take(limit).Select(r => r.Job.Id)]);

    public ValueTask<int> CountQueuedAsync(string owner, CancellationToken cancellationToken) =>
        Locked(() => Queued().Count(r => r.Job.Owner == owner));

    public ValueTask<DateTimeOffset?> NextRunAfterAsync(DateTimeOffset after, CancellationToken cancellationToken) =>
        Locked(() => Queued().Select(r => r.Job.RunAfter).Where(at => at > after).Min());

    public ValueTask<IReadOnlyList<JobId>> ListQueuedOfKindAsync(string kind, int limit, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<JobId>>(() => [.. Queued().Where(r => r.Job.Kind == kind).Take(limit).Select(r => r.Job.Id)]);

    public ValueTask<int?> QueuePositionAsync(JobId id, CancellationToken cancellationToken) =>
        Locked<int?>(() => Queued().Select(r => r.Job.Id).ToList().IndexOf(id) is >= 0 and var position ? position : null);

    public ValueTask<bool> MoveToFrontAsync(JobId id, CancellationToken cancellationToken) => Written(() =>
    {
        if (Queued().FirstOrDefault(r => r.Job.Id == id) is not { } row)
            return false;
        var first = Queued().First(r => r.Job.Owner == row.Job.Owner).Place;
        if (first < row.Place)
            row.Place = (first + Math.Ceiling(first) - 1) / 2;
        return true;
    });

    public ValueTask<IReadOnlyList<(string Kind, JobState State, long Count)>> CountAsync(CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<(string, JobState, long)>>(() =>
            [.. _rows.Values.GroupBy(r => (r.Job.Kind, r.Job.State)).Select(g => (g.Key.Kind, g.Key.State, (long)g.Count()))]);

    public ValueTask<ReadOnlyMemory<byte>?> ReadCheckpointAsync(JobId id, CancellationToken cancellationToken) =>
        Locked(() => _rows.GetValueOrDefault(id)?.Checkpoint);

    public ValueTask<bool> SaveCheckpointAsync(
        AttemptFence fence, ReadOnlyMemory<byte> checkpoint, CancellationToken cancellationToken) =>
        Written(() =>
        {
            if (UnderWay(fence) is not { } row)
                return false;
            (row.Checkpoint, row.CheckpointAttempt) = (checkpoint, fence.Attempt);
            return true;
        });

    public ValueTask<bool> HasCheckpointAsync(JobId id, int attempt, CancellationToken cancellationToken) =>
        Locked(() => _rows.GetValueOrDefault(id)?.CheckpointAttempt == attempt);

    public ValueTask<ResultDocument?> ReadResultAsync(JobId id, CancellationToken cancellationToken) =>
        Locked(() => _rows.GetValueOrDefault(id)?.Result);

    public ValueTask<bool> SaveResultAsync(
        AttemptFence fence, ResultDocument result, CancellationToken cancellationToken) =>
        Written(() => UnderWay(fence) is { } row && (row.Result = result) is not null);

    public ValueTask<bool> PurgeAsync(JobId id, DateTimeOffset now, CancellationToken cancellationToken) => Written(() =>
    {
        if (_rows.GetValueOrDefault(id) is not { } row || !row.Job.State.IsFinal())
            return false;
        _rows.Remove(id);
        Webhooks.Purge(id);
        PurgeFiles(id);
        _tombstones[id] = new JobTombstone(id, row.Job.Owner, now);
        foreach (var key in _keys.Where(k => k.Value.Job == id).Select(k => k.Key).ToList())
            _keys.Remove(key);
        return true;
    });

    public ValueTask<IReadOnlyList<JobId>> ListFinishedBeforeAsync(
        string kind, DateTimeOffset cutoff, int limit, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<JobId>>(() =>
            [.. _rows.Values.Select(r => r.Job).Where(j => j.Kind == kind && j.FinishedAt < cutoff).Take(limit).Select(j => j.Id)]);

    public async ValueTask PurgeTombstonesAsync(DateTimeOffset cutoff, CancellationToken cancellationToken) => await Written(() =>
    {
        foreach (var id in _tombstones.Values.Where(t => t.PurgedAt < cutoff).Select(t => t.Id).ToList())
            _tombstones.Remove(id);
        return true;
    });

    public async ValueTask ProbeAsync(CancellationToken cancellationToken) => await Written(() => true);

    public ValueTask<CreateOutcome> CreateAsync(NewJob job, CancellationToken cancellationToken) => Written(() =>
    {
        if (job.Idempotency is { } idempotency)
        {
            if (_keys.TryGetValue((job.Job.Owner, idempotency.Key), out var known))
                return new CreateOutcome(known.Job, known.Hash != idempotency.BodyHash);
            _keys[(job.Job.Owner, idempotency.Key)] = (idempotency.BodyHash, job.Job.Id);
        }

        if (_rows.ContainsKey(job.Job.Id) || _tombstones.ContainsKey(job.Job.Id))
            return new CreateOutcome(null, false) { IdTaken = true };
        if (job.Files.FirstOrDefault(f => _files.GetValueOrDefault(f)?.Owner != job.Job.Owner) is { } missing)
            return new CreateOutcome(null, false) { MissingFile = missing };
        foreach (var file in job.Files)
            _uses[(job.Job.Id, file)] = false;
        _rows.Add(job.Job.Id, new Row(++_positions, job.Job, job.Input, job.Snapshot) { Log = { job.Queued } });
        if (job.Webhook is { } webhook)
            Webhooks.Create(job.Job, webhook);
        return default;
    });

    public ValueTask<AppendOutcome> AppendAsync(LogAppend append, CancellationToken cancellationToken) => Written(() =>
    {
        if (OwnedBy(append.Job.Fence) is not { } row || append.Frames[0].Seq != row.Log.Count + 1)
            return AppendOutcome.Fenced;
        row.Log.AddRange(append.Frames);
        row.Job = append.Job;
        row.Snapshot = append.Snapshot;
        if (append.Job.State.IsFinal())
            row.Ending = _endings[row.Job.Owner] = _endings.GetValueOrDefault(row.Job.Owner) + 1;
        return new AppendOutcome(true, row.Ending);
    });

    public ValueTask<bool> RetagAsync(JobSnapshot before, JobSnapshot after, CancellationToken cancellationToken) => Written(() =>
    {
        if (_rows.GetValueOrDefault(before.JobId) is not { Job.FinishedAt: not null } row || !row.Job.Tags.SequenceEqual(before.Tags))
            return false;
        (row.Job, row.Snapshot) = (row.Job with { Tags = after.Tags }, after);
        return true;
    });

    public ValueTask<IReadOnlyList<EventFrame>> ReadAsync(
        JobId id, long after, int limit, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<EventFrame>>(() =>
            [.. (_rows.GetValueOrDefault(id)?.Log ?? []).Where(f => f.Seq > after).Take(limit)]);

    public ValueTask<IReadOnlyList<EventFrame>> ReadPartialsAsync(
        JobId id, int afterItem, int limit, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<EventFrame>>(() =>
        [
            .. (_rows.GetValueOrDefault(id)?.Log ?? []).Where(f => f.Item > afterItem)
                .GroupBy(f => f.Item).OrderBy(g => g.Key).Select(g => g.Last()).Take(limit),
        ]);

    public ValueTask<IReadOnlyList<EventFrame>> ReadPartialsSinceAsync(
        JobId id, long after, int limit, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<EventFrame>>(() =>
            [.. (_rows.GetValueOrDefault(id)?.Log ?? []).Where(f => f.Seq > after && f.Item is not null).Take(limit)]);

    public ValueTask<StoredSnapshot?> FindSnapshotAsync(JobId id, CancellationToken cancellationToken) =>
        Locked(() => _rows.GetValueOrDefault(id) is { } row ? new StoredSnapshot(row.Job.Owner, row.Snapshot) : null);

    public ValueTask<ListPage<JobSnapshot>> ListAsync(JobQuery query, CancellationToken cancellationToken) => Locked(() =>
    {
        if (query.Sorting != JobSorting.Newest)
        {
            var after = query.Before ?? 0;
            var byPlace = query.Sorting == JobSorting.Oldest;
            var all = Sorted(_rows.Values.Where(r => Matches(r, query with { Before = null }) && (!byPlace || r.Position > after)), query.Sorting)
                .Skip(byPlace ? 0 : (int)after).ToList();
            return new ListPage<JobSnapshot>(
                [.. all.Take(query.Limit).Select(r => r.Snapshot)],
                all.Count <= query.Limit ? null : byPlace ? all[query.Limit - 1].Position : after + query.Limit);
        }

        var found = _rows.Values.Where(r => Matches(r, query)).OrderByDescending(r => r.Position).Take(query.Limit + 1).ToList();
        var page = found.Take(query.Limit).ToList();
        return new ListPage<JobSnapshot>(
            [.. page.Select(r => r.Snapshot)], found.Count > query.Limit ? page[^1].Position : null);
    });

    public ValueTask<IReadOnlyDictionary<JobState, long>> CountAsync(JobQuery query, CancellationToken cancellationToken) =>
        Locked<IReadOnlyDictionary<JobState, long>>(() => _rows.Values.Where(r => Matches(r, query with { States = [], Before = null }))
            .GroupBy(r => r.Snapshot.State).ToDictionary(g => g.Key, g => g.LongCount()));

    public ValueTask<EndedJobs> ListEndedAsync(
        string owner, long after, int limit, CancellationToken cancellationToken) => Locked(() => new EndedJobs(
        [
            .. _rows.Values.Where(r => r.Job.Owner == owner && r.Ending > after).OrderBy(r => r.Ending).Take(limit)
                .Select(r => new EndedJob(r.Ending!.Value, r.Snapshot, r.Log[^1])),
        ],
        _endings.GetValueOrDefault(owner)));

    private static bool Matches(Row row, JobQuery query) =>
        row.Job.Owner == query.Owner
        && (query.Kind is null || row.Job.Kind == query.Kind)
        && (query.States.Count == 0 || query.States.Contains(row.Snapshot.State))
        && (query.Text is null || row.Job.Title.Contains(query.Text, StringComparison.OrdinalIgnoreCase))
        && (query.Tag is null || row.Job.Tags.Contains(query.Tag))
        && (query.Before is null || row.Position < query.Before);

    private static IEnumerable<Row> Sorted(IEnumerable<Row> rows, JobSorting sorting) => sorting switch
    {
        JobSorting.Title => rows.OrderBy(r => r.Job.Title.ToUpperInvariant(), StringComparer.Ordinal).ThenByDescending(r => r.Position),
        JobSorting.Longest => rows.OrderByDescending(r => r.Job.StartedAt is { } start ? (r.Job.FinishedAt ?? DateTimeOffset.MaxValue) - start : TimeSpan.MinValue)
            .ThenByDescending(r => r.Position),
        _ => rows.OrderBy(r => r.Position),
    };

    private IEnumerable<Row> Queued() =>
        _rows.Values.Where(r => r.Job.State == JobState.Queued).OrderBy(r => r.Place);

    private Row? OwnedBy(AttemptFence fence) =>
        _rows.GetValueOrDefault(fence.Job) is { } row && row.Job.Fence == fence && !row.Job.State.IsFinal() ? row : null;

    private Row? UnderWay(AttemptFence fence) => OwnedBy(fence) is { Job.State: not JobState.Queued } row ? row : null;

    private ValueTask<T> Written<T>(Func<T> write) => Broken
        ? throw new StorageUnavailableException("The disk is full.")
        : Locked(write);

    private ValueTask<T> Locked<T>(Func<T> action)
    {
        lock (_gate)
            return ValueTask.FromResult(action());
    }

    private sealed class Row(long position, Job job, ReadOnlyMemory<byte> input, JobSnapshot snapshot)
    {
        public long Position { get; } = position;

        public double Place { get; set; } = position;

        public Job Job { get; set; } = job;

        public ReadOnlyMemory<byte>? Input { get; set; } = input;

        public JobSnapshot Snapshot { get; set; } = snapshot;

        public List<EventFrame> Log { get; } = [];

        public ReadOnlyMemory<byte>? Checkpoint { get; set; }

        public int? CheckpointAttempt { get; set; }

        public ResultDocument? Result { get; set; }

        public long? Ending { get; set; }
    }
}
