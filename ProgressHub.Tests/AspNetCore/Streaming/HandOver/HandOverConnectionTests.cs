using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using ProgressHub.AspNetCore.Streaming.HandOver;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Streaming.HandOver;

public sealed class HandOverConnectionTests : IDisposable
{
    private readonly HandedOverSockets _all = new(TimeProvider.System);
    private readonly ConnectionPipes _pipes = new(new SocketTransportOptions(), MemoryPool<byte>.Shared);

    public void Dispose() => _pipes.Dispose();

    [Fact]
    public async Task The_socket_goes_once_the_kernel_has_all_that_was_flushed()
    {
        using var pair = await SocketPair.ConnectAsync();
        var connection = HandOverConnection.Start(pair.Server, _pipes, _all);
        var opening = new byte[60_000];
        Array.Fill(opening, (byte)'x');
        await connection.Transport.Output.WriteAsync(opening);
        ISocketHandOver handOver = connection;
        Assert.True(handOver.IsPossible);

        var taking = handOver.TakeAsync("trace");
        var read = pair.ReadToEndAsync();
        var socket = (await taking.Soon())!;
        await connection.Transport.Output.WriteAsync("dropped"u8.ToArray());
        await connection.DisposeAsync().Soon();
        socket.Write("kept"u8);
        await socket.EndAsync().Soon();

        Assert.Equal(Encoding.ASCII.GetString(opening) + "4\r\nkept\r\n0\r\n\r\n", Encoding.ASCII.GetString(await read.Soon()));
        Assert.Equal((0, 0), (_all.Count, _all.Connections));
    }

    [Fact]
    public async Task What_the_client_said_before_it_went_is_noticed()
    {
        using var pair = await SocketPair.ConnectAsync();
        var connection = HandOverConnection.Start(pair.Server, _pipes, _all);
        await pair.Client.SendAsync("GET /"u8.ToArray());
        await Patience.UntilAsync(() => !((ISocketHandOver)connection).IsPossible, "it has come");

        var socket = (await ((ISocketHandOver)connection).TakeAsync("trace").Soon())!;

        Assert.True(socket.MustEnd);
        socket.Abort();
        await connection.DisposeAsync().Soon();
    }

    [Fact]
    public async Task Behind_whatever_changes_the_bytes_there_is_no_way_out()
    {
        using var pair = await SocketPair.ConnectAsync();
        var connection = HandOverConnection.Start(pair.Server, _pipes, _all);

        connection.Transport = new Wrapped(connection.Transport);

        Assert.False(((ISocketHandOver)connection).IsPossible);
        connection.Abort();
        await connection.DisposeAsync().Soon();
    }

    [Fact]
    public async Task A_client_that_has_gone_leaves_nothing_to_take()
    {
        using var pair = await SocketPair.ConnectAsync();
        var connection = HandOverConnection.Start(pair.Server, _pipes, _all);
        var closed = new Signal();
        await using var registration = connection.ConnectionClosed.Register(closed.Set);
        pair.Client.Shutdown(SocketShutdown.Both);
        await closed.Task.Soon();

        Assert.Null(await ((ISocketHandOver)connection).TakeAsync("trace").Soon());

        await connection.DisposeAsync().Soon();
        Assert.Equal(0, _all.Connections);
    }

    [Fact]
    public async Task What_comes_and_goes_is_the_same_as_over_the_server_s_own_connections()
    {
        using var pair = await SocketPair.ConnectAsync();
        var connection = HandOverConnection.Start(pair.Server, _pipes, _all);
        var bytes = new byte[3_000_000];
        new Random(7).NextBytes(bytes);

        var echo = EchoAsync(connection);
        var read = pair.ReadToEndAsync();
        for (var sent = 0; sent < bytes.Length;)
            sent += await pair.Client.SendAsync(bytes.AsMemory(sent));
        pair.Client.Shutdown(SocketShutdown.Send);
        await echo.Soon();
        await connection.DisposeAsync().Soon();

        Assert.True((await read.Soon()).AsSpan().SequenceEqual(bytes));
    }

    private static async Task EchoAsync(ConnectionContext connection)
    {
        while (await connection.Transport.Input.ReadAsync() is { Buffer: var buffer } result)
        {
            foreach (var memory in buffer)
                connection.Transport.Output.Write(memory.Span);
            connection.Transport.Input.AdvanceTo(buffer.End);
            await connection.Transport.Output.FlushAsync();
            if (result.IsCompleted)
                return;
        }
    }

    private sealed class Wrapped(IDuplexPipe inner) : IDuplexPipe
    {
        public PipeReader Input => inner.Input;

        public PipeWriter Output => inner.Output;
    }
}
