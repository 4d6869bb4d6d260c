using Microsoft.Extensions.Options;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Security;

/// <summary>
/// Bounds how many watch at once, of one job, of one owner and of all: streams, watches and streams of the hub, long polls,
/// and requests that are held open for a result.
/// </summary>
internal sealed class WatcherLimiter(IOptions<LimitOptions> limits)
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();
    private readonly Dictionary<JobId, int> _byJob = [];
    private readonly Dictionary<string, int> _byOwner = [];
    private int _count;

    /// <summary>What to answer whom it does not let in: 429 <c>too_many_watchers</c>.</summary>
    public static Problem Refusal { get; } = Problem.Of(
        StatusCodes.Status429TooManyRequests, "too_many_watchers",
        "Too many watch already; end some watches, or try again later.") with { RetryAfter = Retry };

    /// <summary>How many watch now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _count;
        }
    }

    /// <summary>Counts a watcher in, until its lease is disposed.</summary>
    /// <param name="owner">Who watches.</param>
    /// <param name="job">What is watched; null for all jobs of the owner.</param>
    /// <returns>Null where there are too many; then nothing was counted.</returns>
    public WatcherLease? TryEnter(string owner, JobId? job)
    {
        lock (_gate)
        {
            if (_count >= limits.Value.Watchers
                || _byOwner.GetValueOrDefault(owner) >= limits.Value.WatchersPerOwner
                || (job is { } wanted && _byJob.GetValueOrDefault(wanted) >= limits.Value.WatchersPerJob))
                return null;

            _count++;
            _byOwner[owner] = _byOwner.GetValueOrDefault(owner) + 1;
            if (job is { } id)
                _byJob[id] = _byJob.GetValueOrDefault(id) + 1;
            return new WatcherLease(this, owner, job);
        }
    }

    /// <summary>Counts a watcher out; its lease's own.</summary>
    internal void Exit(string owner, JobId? job)
    {
        lock (_gate)
        {
            _count--;
            Decrement(_byOwner, owner);
            if (job is { } id)
                Decrement(_byJob, id);
        }
    }

    private static void Decrement<TKey>(Dictionary<TKey, int> counts, TKey key)
        where TKey : notnull
    {
        if (--counts[key] == 0)
            counts.Remove(key);
    }
}
