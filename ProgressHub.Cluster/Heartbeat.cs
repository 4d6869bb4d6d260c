using Npgsql;

namespace ProgressHub.Cluster;

/// <summary>How this node fares with the database: when it last reached it, and since when it always did.</summary>
internal sealed class Heartbeat(ClusterDatabase database, TimeProvider time)
{
    /// <summary>How often it is made.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan ProbeWithin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestGap = 3 * Interval;

    private readonly Lock _gate = new();
    private long _reachedAt = time.GetTimestamp();
    private long _unbrokenSince = time.GetTimestamp();

    /// <summary>How long ago it was last reached.</summary>
    public TimeSpan Age
    {
        get
        {
            lock (_gate)
                return time.GetElapsedTime(_reachedAt);
        }
    }

    /// <summary>For how long every heartbeat has succeeded.</summary>
    public TimeSpan Unbroken
    {
        get
        {
            lock (_gate)
                return time.GetElapsedTime(_unbrokenSince);
        }
    }

    /// <summary>A heartbeat has succeeded. After a gap, whatever filled it, all begins anew.</summary>
    public void Made()
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            if (time.GetElapsedTime(_reachedAt, now) > LongestGap)
                _unbrokenSince = now;
            _reachedAt = now;
        }
    }

    /// <summary>A heartbeat has failed.</summary>
    public void Missed()
    {
        lock (_gate)
            _unbrokenSince = time.GetTimestamp();
    }

    /// <summary>
    /// Whether the database can be reached at this moment. Not by the age of the last heartbeat: that differs from node to node,
    /// and when an outage begins for all, somebody's is still young.
    /// </summary>
    public async Task<bool> ProbeAsync()
    {
        using var within = new CancellationTokenSource(ProbeWithin, time);
        try
        {
            await database.TryAsync(within.Token).WaitAsync(within.Token);
            return true;
        }
        catch (Exception failure) when (failure is NpgsqlException or OperationCanceledException or System.Net.Sockets.SocketException or IOException)
        {
            return false;
        }
    }
}
