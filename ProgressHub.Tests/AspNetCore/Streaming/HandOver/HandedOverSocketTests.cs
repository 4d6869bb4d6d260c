using System.Buffers;
using System.Net.Sockets;
using System.Text;
using ProgressHub.AspNetCore.Streaming.HandOver;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Streaming.HandOver;

public sealed class HandedOverSocketTests
{
    private readonly HandedOverSockets _all = new(TimeProvider.System);

    [Fact]
    public async Task What_is_written_between_two_flushes_is_one_chunk_and_the_end_is_the_last_one()
    {
        using var pair = await SocketPair.ConnectAsync();
        var socket = Take(pair);

        socket.Write("first, "u8);
        socket.Write("second"u8);
        Assert.Equal(13, socket.UnflushedBytes);
        Assert.True(socket.FlushAsync().AsTask().IsCompletedSuccessfully);
        Assert.True(socket.FlushAsync().AsTask().IsCompletedSuccessfully);
        socket.Write("third"u8);
        await socket.EndAsync();

        Assert.Equal("d\r\nfirst, second\r\n5\r\nthird\r\n0\r\n\r\n", Encoding.ASCII.GetString(await pair.ReadToEndAsync().Soon()));
        Assert.Equal(0, _all.Count);
    }

    [Fact]
    public async Task What_the_kernel_has_no_room_for_waits_and_arrives_in_order()
    {
        using var pair = await SocketPair.ConnectAsync();
        var socket = Take(pair);
        var expected = new MemoryStream();
        var flush = FillAsync();
        await Patience.UntilAsync(() => pair.Client.Available > 0, "something has arrived");
        Assert.False(flush.IsCompleted);

        var read = pair.ReadToEndAsync();
        await flush.Soon();
        await socket.EndAsync().Soon();

        expected.Write("0\r\n\r\n"u8);
        Assert.True((await read.Soon()).AsSpan().SequenceEqual(expected.ToArray()));

        async Task FillAsync()
        {
            // More than any room the kernel makes of its own accord.
            for (var i = 0; i < 200; i++)
            {
                var bytes = Encoding.ASCII.GetBytes(new string((char)('a' + (i % 26)), 60_000 + i));
                expected.Write(Encoding.ASCII.GetBytes($"{bytes.Length:x}\r\n"));
                expected.Write(bytes);
                expected.Write("\r\n"u8);
                socket.Write(bytes);
                Assert.False((await socket.FlushAsync()).IsCompleted);
            }
        }
    }

    [Fact]
    public async Task A_flush_that_waits_ends_when_it_is_cut_off()
    {
        using var pair = await SocketPair.ConnectAsync();
        var socket = Take(pair);
        var waiting = default(ValueTask<System.IO.Pipelines.FlushResult>);
        do
        {
            socket.Write(new byte[60_000]);
            waiting = socket.FlushAsync();
        }
        while (waiting.IsCompletedSuccessfully);

        socket.Abort();

        Assert.True((await waiting.Soon()).IsCompleted);
        Assert.True(socket.Aborted.IsCancellationRequested);
        socket.Write("more"u8);
        Assert.True((await socket.FlushAsync()).IsCompleted);
        await socket.EndAsync().Soon();
        Assert.Equal(0, _all.Count);
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task A_client_that_speaks_is_told_the_end_however_much_it_says(bool early)
    {
        using var pair = await SocketPair.ConnectAsync();
        var woken = new Signal();
        var socket = new HandedOverSocket(pair.Server, _all, "trace", hasSpoken: early);
        _all.Enter();
        await pair.Client.SendAsync(new byte[3000]);
        socket.Follow(woken.Set);
        await woken.Task.Soon();
        Assert.True(socket.MustEnd);

        var end = socket.EndAsync();
        Assert.Equal("0\r\n\r\n", Encoding.ASCII.GetString(await pair.ReadToEndAsync().Soon()));
        pair.Client.Shutdown(SocketShutdown.Send);
        await end.Soon();
        Assert.Equal(0, _all.Count);
    }

    [Fact]
    public async Task A_stop_cuts_off_who_does_not_take_the_end()
    {
        var time = new ManualTime();
        var all = new HandedOverSockets(time);
        using var pair = await SocketPair.ConnectAsync();
        all.Enter();
        var socket = new HandedOverSocket(pair.Server, all, "trace", hasSpoken: false);
        var end = all.EndAsync();
        Assert.False(end.IsCompleted);

        time.Advance(TimeSpan.FromSeconds(3));

        await end.Soon();
        Assert.True(socket.Aborted.IsCancellationRequested);
        Assert.Equal((0, 0), (all.Count, all.Connections));
    }

    private HandedOverSocket Take(SocketPair pair)
    {
        _all.Enter();
        var socket = new HandedOverSocket(pair.Server, _all, "trace", hasSpoken: false);
        socket.Follow(static () => { });
        return socket;
    }
}
