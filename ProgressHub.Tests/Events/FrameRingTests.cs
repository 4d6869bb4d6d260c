using ProgressHub.Core.Events;

namespace ProgressHub.Tests.Events;

public sealed class FrameRingTests
{
    [Fact]
    public void A_ring_holds_the_last_1024_frames()
    {
        var ring = new FrameRing(0);

        for (var seq = 1; seq <= 3000; seq++)
        {
            ring.Add(Frame(seq));
            Assert.Equal(Math.Max(0, seq - FrameRing.MaxFrames), ring.Floor);
            Assert.Equal(seq, ring.Last);
        }

        Assert.Equal(Enumerable.Range(1977, 1024).Select(n => (long)n), Read(ring, ring.Floor, 2000));
    }

    [Fact]
    public void A_ring_holds_no_more_than_a_mebibyte()
    {
        var ring = new FrameRing(0);

        for (var seq = 1; seq <= 100; seq++)
            ring.Add(Frame(seq, 100_000));

        Assert.Equal(90, ring.Floor);
        Assert.Equal(10, Read(ring, ring.Floor, 100).Count);
    }

    [Fact]
    public void One_copy_stops_once_it_has_enough_bytes_but_never_before_the_first_frame()
    {
        var ring = new FrameRing(0);
        for (var seq = 1; seq <= 4; seq++)
            ring.Add(Frame(seq, FrameRing.BytesPerRead / 2));
        var target = new EventFrame[10];

        Assert.Equal(2, ring.CopyAfter(0, target));
        ring.Add(Frame(5, 2 * FrameRing.BytesPerRead));
        Assert.Equal(1, ring.CopyAfter(4, target));
    }

    [Fact]
    public void A_ring_always_holds_the_last_frame_however_large()
    {
        var ring = new FrameRing(0);
        ring.Add(Frame(1));
        ring.Add(Frame(2, 3 * 1024 * 1024));

        Assert.Equal([2], Read(ring, ring.Floor, 10));

        ring.Add(Frame(3));

        Assert.Equal([3], Read(ring, ring.Floor, 10));
    }

    [Fact]
    public void Copying_goes_on_from_a_cursor_across_the_place_where_the_ring_wraps()
    {
        var ring = new FrameRing(100);
        for (var seq = 101; seq <= 1800; seq++)
            ring.Add(Frame(seq));

        Assert.Equal([1501, 1502, 1503], Read(ring, 1500, 3));
        Assert.Equal([1800], Read(ring, 1799, 5));
        Assert.Empty(Read(ring, 1800, 5));
        Assert.Empty(Read(ring, 1801, 5));
    }

    [Fact]
    public void A_frame_is_found_at_its_position_while_it_is_there()
    {
        var ring = new FrameRing(10);
        Assert.Null(ring.At(10));
        for (var seq = 11; seq <= 2000; seq++)
            ring.Add(Frame(seq));

        Assert.Equal(2000, ring.At(2000)!.Seq);
        Assert.Equal(ring.Floor + 1, ring.At(ring.Floor + 1)!.Seq);
        Assert.Null(ring.At(ring.Floor));
        Assert.Null(ring.At(2001));
    }

    private static List<long> Read(FrameRing ring, long cursor, int length)
    {
        // One copy is bounded in bytes too, so a reader asks until nothing comes.
        List<long> read = [];
        var target = new EventFrame[length];
        while (read.Count < length && ring.CopyAfter(cursor + read.Count, target.AsSpan(read.Count)) is > 0 and var count)
            read.AddRange(target.AsSpan(read.Count, count).ToArray().Select(f => f.Seq));
        return read;
    }

    private static EventFrame Frame(long seq, int size = 0) => EventFrame.Encode(
        new PartialEvent(0, null, true, new string('x', size)) { JobId = EventSamples.Id, Seq = seq }, null);
}
