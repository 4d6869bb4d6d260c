using Microsoft.Extensions.Logging;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Execution;

/// <summary>
/// The watches of those whose job it is not. Where a share is taken back, or its time is over, the watch ends, whatever it
/// goes over: it is looked at within a second.
/// </summary>
internal sealed partial class SharedWatches : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<JobId, HashSet<SharedWatch>> _byJob = [];
    private readonly HashSet<JobId> _changed = [];
    private readonly IJobShares _shares;
    private readonly TimeProvider _time;
    private readonly ILogger<SharedWatches> _logger;
    private readonly ITimer _timer;
    private int _isLooking;

    public SharedWatches(IJobShares shares, TimeProvider time, ILogger<SharedWatches> logger)
    {
        (_shares, _time, _logger) = (shares, time, logger);
        _shares.Changed += OnChanged;
        _timer = time.CreateTimer(static self => _ = ((SharedWatches)self!).LookAsync(), this, Tick, Tick);
    }

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _byJob.Values.Sum(static all => all.Count);
        }
    }

    /// <summary>
    /// Lets somebody watch a job that is not theirs for as long as they may.
    /// </summary>
    /// <returns>False where they may not; then the watch is as it was.</returns>
    public async ValueTask<bool> AdmitAsync(JobWatch watch, string caller, CancellationToken cancellationToken)
    {
        // Counted in first and asked then: a share that is taken back in between is seen by one or by the other.
        var shared = new SharedWatch(watch, caller);
        watch.Closed = () => Remove(shared);
        lock (_gate)
        {
            if (!_byJob.TryGetValue(shared.Job, out var all))
                _byJob[shared.Job] = all = [];
            all.Add(shared);
        }

        try
        {
            var given = await _shares.FindAsync(shared.Job, watch.Owner, caller, cancellationToken);
            shared.Until = given.Until;
            if (given.Right != JobRight.None)
                return true;
        }
        catch
        {
            Remove(shared);
            throw;
        }

        Remove(shared);
        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _shares.Changed -= OnChanged;
        _timer.Dispose();
    }

    private void OnChanged(JobId? changed)
    {
        lock (_gate)
        {
            if (changed is not { } job)
                _changed.UnionWith(_byJob.Keys);
            else if (_byJob.ContainsKey(job))
                _changed.Add(job);
        }
    }

    private void Remove(SharedWatch shared)
    {
        lock (_gate)
        {
            if (_byJob.TryGetValue(shared.Job, out var all) && all.Remove(shared) && all.Count == 0)
                _byJob.Remove(shared.Job);
        }
    }

    /// <summary>Looks at those whose time is over and at those of changed jobs, one look at a time: the next tick looks again.</summary>
    private async Task LookAsync()
    {
        if (Interlocked.Exchange(ref _isLooking, 1) == 1)
            return;
        try
        {
            foreach (var shared in TakeDoubtful())
                await JudgeAsync(shared);
        }
        finally
        {
            Volatile.Write(ref _isLooking, 0);
        }
    }

    private SharedWatch[] TakeDoubtful()
    {
        var now = _time.GetUtcNow();
        lock (_gate)
        {
            var doubtful = _byJob.Values.SelectMany(static all => all).Where(s => s.Until <= now || _changed.Contains(s.Job)).ToArray();
            _changed.Clear();
            return doubtful;
        }
    }

    private async Task JudgeAsync(SharedWatch shared)
    {
        try
        {
            var given = await _shares.FindAsync(shared.Job, shared.Watch.Owner, shared.Caller, CancellationToken.None);
            shared.Until = given.Until;
            if (given.Right == JobRight.None)
                shared.Watch.Withdraw();
        }
        catch (StorageUnavailableException unavailable)
        {
            // Nobody knows who may still see it; it is asked again until it is known.
            OnChanged(shared.Job);
            LogUnknown(unavailable, shared.Job);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Whether job {JobId} is still shared can't be read now; it is tried again.")]
    private partial void LogUnknown(Exception failure, JobId jobId);

    private sealed class SharedWatch(JobWatch watch, string caller)
    {
        public JobWatch Watch => watch;

        public JobId Job { get; } = watch.Snapshot.JobId;

        public string Caller => caller;

        public DateTimeOffset? Until { get; set; }
    }
}
