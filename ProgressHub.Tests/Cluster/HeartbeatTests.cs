using System.Net;
using ProgressHub.Cluster;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Cluster;

/// <summary>Who may say of others that they have lost the database: only who has reached it all the time.</summary>
public sealed class HeartbeatTests : IAsyncDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);
    private readonly ManualTime _time = new();
    private readonly ClusterDatabase _database = new("Host=127.0.0.1;Port=1;Database=none", new IPEndPoint(IPAddress.Loopback, 1));
    private readonly Heartbeat _heartbeat;

    public HeartbeatTests() => _heartbeat = new Heartbeat(_database, _time);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public void It_is_unbroken_for_as_long_as_it_beats()
    {
        BeatFor(Long);

        Assert.Equal(Long, _heartbeat.Unbroken);
        Assert.Equal(TimeSpan.Zero, _heartbeat.Age);
    }

    [Fact]
    public void A_beat_that_failed_begins_it_anew()
    {
        BeatFor(Long);
        _heartbeat.Missed();

        Assert.Equal(TimeSpan.Zero, _heartbeat.Unbroken);
    }

    [Fact]
    public void A_gap_without_a_beat_begins_it_anew_also_where_none_has_failed()
    {
        BeatFor(Long);
        _time.Advance(Long);
        Assert.Equal(Long, _heartbeat.Age);
        _heartbeat.Made();

        Assert.Equal(TimeSpan.Zero, _heartbeat.Unbroken);
    }

    [Fact]
    public async Task A_database_that_refuses_is_not_reached() => Assert.False(await _heartbeat.ProbeAsync());

    private void BeatFor(TimeSpan span)
    {
        for (var passed = TimeSpan.Zero; passed < span; passed += Heartbeat.Interval)
        {
            _time.Advance(Heartbeat.Interval);
            _heartbeat.Made();
        }
    }
}
