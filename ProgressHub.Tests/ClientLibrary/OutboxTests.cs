using ProgressHub.Client.Jobs;
using ProgressHub.Client.Reporting;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.ClientLibrary;

public sealed class OutboxTests
{
    private readonly Outbox _outbox = new(capacity: 3);

    [Fact]
    public void Of_progress_that_waits_the_last_counts_and_a_message_alone_keeps_the_numbers()
    {
        _outbox.TryAdd(new WireUpdate { Current = 1, Total = 9, Message = "One" });
        _outbox.TryAdd(new WireUpdate { Current = 2, Total = 9 });
        _outbox.TryAdd(new WireUpdate { Message = "Still two" });

        Assert.Equal(new WireUpdate { Current = 2, Total = 9, Message = "Still two" }, Assert.Single(_outbox.Take()));
    }

    [Fact]
    public void Lines_and_stages_keep_their_place_among_progress()
    {
        _outbox.TryAdd(new WireUpdate { Current = 1 });
        _outbox.TryAdd(new WireUpdate { Stage = "two" });
        _outbox.TryAdd(new WireUpdate { Current = 5 });

        Assert.Equal([1, null, 5], _outbox.Take().Select(update => update.Current));
    }

    [Fact]
    public void Lines_without_room_are_dropped_and_the_log_says_how_many()
    {
        for (var i = 0; i < 5; i++)
            _outbox.TryAdd(Line($"{i}"));

        Assert.Equal(["0", "1", "2", "2 lines were dropped while the server was away"], _outbox.Take().Select(u => u.Log!.Message));
        Assert.Empty(_outbox.Take());
    }

    [Fact]
    public void A_stage_finds_room_where_a_line_and_a_piece_do_not()
    {
        for (var i = 0; i < 3; i++)
            _outbox.TryAdd(Line($"{i}"));

        Assert.False(_outbox.TryAdd(new WireUpdate { Partial = new WirePartial(0, null, "text", null, null) }));
        Assert.True(_outbox.TryAdd(new WireUpdate { Stage = "two" }));

        Assert.Equal("two", _outbox.Take()[^1].Stage);
    }

    [Fact]
    public void A_batch_has_at_most_a_thousand_updates_and_half_a_megabyte()
    {
        var large = new Outbox(5_000);
        for (var i = 0; i < 2_500; i++)
            large.TryAdd(Line("short"));
        large.TryAdd(Line(new string('x', 400_000)));
        large.TryAdd(Line("after it"));

        Assert.Equal([1000, 1000, 500, 1, 1, 0], Enumerable.Range(0, 6).Select(_ => large.Take().Count));
    }

    [Fact]
    public async Task Waiting_ends_once_all_that_was_added_before_is_settled_and_not_sooner()
    {
        _outbox.TryAdd(Line("first"));
        _outbox.Take();
        _outbox.TryAdd(Line("second"));
        var settled = _outbox.UntilSettledAsync(CancellationToken.None);

        _outbox.Settle();
        Assert.False(settled.IsCompleted);

        _outbox.Take();
        _outbox.Settle();
        await settled.Soon();
    }

    private static WireUpdate Line(string message) => new() { Log = new WireLine(JobLogLevel.Info, message, null, null) };
}
