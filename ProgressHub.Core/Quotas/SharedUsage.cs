using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Quotas;

/// <summary>
/// What the jobs of one owner and month use together: what is stored of all others, and of each that runs here what it has
/// told, calls under way included. So jobs side by side can't pass a bound together that none of them passes alone.
/// </summary>
/// <param name="usage">Knows what is stored.</param>
/// <param name="owner">Whose jobs.</param>
/// <param name="month">A moment of their month.</param>
internal sealed class SharedUsage(IUsageStore usage, string owner, DateTimeOffset month)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<JobId, OwnerUsage> _running = [];

    // Their last usage is on disk, and counted here until it has been read from there.
    private readonly HashSet<JobId> _left = [];
    private OwnerUsage _others = new();
    private long _joined;
    private long _begun;
    private long _read;

    /// <summary>A job begins, or begins again, with what it has used already.</summary>
    public void Join(JobId job, JobUsage used)
    {
        lock (_gate)
        {
            _running[job] = Of(used);
            _left.Remove(job);
            _joined++;
        }
    }

    /// <summary>A job is over, or waits for its next attempt; returns whether none is left.</summary>
    public bool Leave(JobId job)
    {
        lock (_gate)
        {
            _left.Add(job);
            return _left.Count == _running.Count;
        }
    }

    /// <summary>Reads anew what is stored of all that do not run here; what was read last goes on to count where it can't be.</summary>
    public async ValueTask ReadAsync(CancellationToken cancellationToken)
    {
        JobId[] running, left;
        long number, joined;
        lock (_gate)
        {
            left = [.. _left];
            running = [.. _running.Keys.Except(left)];
            (number, joined) = (++_begun, _joined);
        }

        OwnerUsage others;
        try
        {
            others = await usage.CountBesideAsync(owner, month, running, cancellationToken);
        }
        catch (StorageUnavailableException)
        {
            return;
        }

        lock (_gate)
        {
            // Whoever joined meanwhile would be counted twice, and reads by itself; a later reading knows more.
            if (joined != _joined || number < _read)
                return;
            (_read, _others) = (number, others);
            foreach (var job in left)
            {
                _left.Remove(job);
                _running.Remove(job);
            }
        }
    }

    /// <summary>
    /// Takes a job's total, calls under way included, unless it passes a bound together with all others.
    /// </summary>
    /// <returns>The bound that it passes; null where the total is taken.</returns>
    public QuotaReached? TryTake(JobId job, JobUsage total, Quota quota, ReadOnlySpan<QuotaBound> bounds)
    {
        lock (_gate)
        {
            var sum = _running.Where(each => each.Key != job).Aggregate(_others, static (sum, each) => Sum(sum, each.Value)).Plus(total);
            foreach (var bound in bounds)
            {
                if (quota[bound] is { } most && sum[bound] > most)
                    return new QuotaReached(bound, sum[bound], most);
            }

            _running[job] = Of(total);
            return null;
        }
    }

    /// <summary>A job has used so much in all. What it has taken beside that for calls under way goes on to count.</summary>
    public void Tell(JobId job, JobUsage total)
    {
        lock (_gate)
        {
            var (taken, used) = (_running.GetValueOrDefault(job) ?? Of(JobUsage.None), Of(total));
            _running[job] = new OwnerUsage
            {
                Tokens = Math.Max(taken.Tokens, used.Tokens),
                Cost = Math.Max(taken.Cost, used.Cost),
                AudioSeconds = Math.Max(taken.AudioSeconds, used.AudioSeconds),
            };
        }
    }

    private static OwnerUsage Of(JobUsage used) => new OwnerUsage().Plus(used);

    private static OwnerUsage Sum(OwnerUsage one, OwnerUsage other) => new()
    {
        Tokens = one.Tokens + other.Tokens, Cost = one.Cost + other.Cost, AudioSeconds = one.AudioSeconds + other.AudioSeconds,
    };
}
