using Microsoft.Extensions.Options;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Problems;

namespace ProgressHub.Web.Security;

/// <summary>Bounds how many watch at once: streams, hub watches and long polls, of one job and of one owner.</summary>
internal sealed class WatcherLimiter(IOptions<LimitOptions> limits)
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();
    private readonly Dictionary<JobId, int> _byJob = [];
    private readonly Dictionary<string, int> _byOwner = [];

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
                return _byOwner.Values.Sum();
        }
    }

    /// <summary>Counts a watcher in. Where it returns true, <see cref="Exit"/> must follow, once.</summary>
    /// <param name="owner">Who watches.</param>
    /// <param name="job">What is watched; null for all jobs of the owner.</param>
    /// <returns>False where there are too many; then nothing was counted.</returns>
    public bool TryEnter(string owner, JobId? job)
    {
        lock (_gate)
        {
            if (_byOwner.GetValueOrDefault(owner) >= limits.Value.WatchersPerOwner
                || (job is { } wanted && _byJob.GetValueOrDefault(wanted) >= limits.Value.WatchersPerJob))
                return false;

            _byOwner[owner] = _byOwner.GetValueOrDefault(owner) + 1;
            if (job is { } id)
                _byJob[id] = _byJob.GetValueOrDefault(id) + 1;
            return true;
        }
    }

    /// <summary>Counts a watcher out that was let in with the same arguments.</summary>
    public void Exit(string owner, JobId? job)
    {
        lock (_gate)
        {
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
