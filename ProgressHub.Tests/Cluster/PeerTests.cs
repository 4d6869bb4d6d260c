using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Runtime;
using ProgressHub.Cluster;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Cluster;

/// <summary>What goes to one other node, and how much of it may wait.</summary>
public sealed class PeerTests
{
    private static readonly SiloAddress Self = SiloAddress.FromParsableString("127.0.0.1:11111@1");
    private readonly PlayedNode _node = new();
    private readonly JobId _job = JobId.New();
    private readonly Peer _peer;

    public PeerTests() => _peer = new Peer(_node, Self, () => ["j:all", "o:ann"], NullLogger.Instance);

    [Fact]
    public async Task Only_what_is_watched_there_goes_there()
    {
        _peer.Send("ann", [Line(1)]);
        _peer.Note([Topic.Of(_job)], areAll: false);
        _peer.Send("ann", [Line(2)]);

        await Patience.UntilAsync(() => _node.Received.Count == 1, "it was sent");
        Assert.Equal([2], _node.Received.Select(f => f.Seq));
    }

    [Fact]
    public async Task All_jobs_of_an_owner_go_where_the_owner_watches()
    {
        _peer.Note([Topic.Of("ann")], areAll: true);
        _peer.Send("bob", [Line(1)]);
        _peer.Send("ann", [Line(2)]);

        await Patience.UntilAsync(() => _node.Received.Count == 1, "it was sent");
        Assert.Equal([2], _node.Received.Select(f => f.Seq));
    }

    [Fact]
    public async Task What_comes_while_a_call_is_under_way_goes_together_in_the_next()
    {
        _node.Hold();
        _peer.Note([Topic.Of(_job)], areAll: false);
        _peer.Send("ann", [Line(1)]);
        await Patience.UntilAsync(() => _node.Calls == 1, "the first call is under way");

        for (var seq = 2; seq <= 10; seq++)
            _peer.Send("ann", [Line(seq)]);
        _node.Release();

        await Patience.UntilAsync(() => _node.Received.Count == 10, "all was sent");
        Assert.Equal(2, _node.Calls);
        Assert.Equal(Enumerable.Range(1, 10).Select(n => (long)n), _node.Received.Select(f => f.Seq));
    }

    [Fact]
    public async Task What_a_slow_node_leaves_waiting_is_bounded()
    {
        _node.Hold();
        _peer.Note([Topic.Of(_job)], areAll: false);
        _peer.Send("ann", [Line(1)]);
        await Patience.UntilAsync(() => _node.Calls == 1, "the first call is under way");

        var large = new string('x', 1024 * 1024);
        for (var seq = 2; seq <= 10; seq++)
            _peer.Send("ann", [Line(seq, large)]);
        _node.Release();

        await Patience.UntilAsync(() => _node.Received.Count == 4, "what had room was sent");
        Assert.Equal([1, 2, 3, 4], _node.Received.Select(f => f.Seq));
    }

    [Fact]
    public async Task It_is_told_of_all_that_is_watched_first_and_after_it_could_not_be_told()
    {
        await _peer.TellAsync("j:one").Soon();
        await _peer.TellAsync("j:two").Soon();
        _node.Fails = true;
        await _peer.TellAsync("j:three").Soon();
        _node.Fails = false;
        await _peer.TellAsync("j:four").Soon();

        Assert.Equal(["j:all o:ann all", "j:two more", "j:all o:ann all"], _node.Told);
    }

    private EventFrame Line(long seq, string text = "x") => EventFrame.Encode(
        new LogEvent(JobLogLevel.Info, text) { JobId = _job, Seq = seq, At = DateTimeOffset.UnixEpoch, Attempt = 1 }, null);
}
