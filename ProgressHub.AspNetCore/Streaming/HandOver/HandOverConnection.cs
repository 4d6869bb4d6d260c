using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace ProgressHub.AspNetCore.Streaming.HandOver;

/// <summary>
/// A TCP connection of Kestrel: one loop takes what the client sends, another sends what the server writes. Both can be
/// stopped without losing a byte, and then the socket is another's (<see cref="ISocketHandOver"/>).
/// </summary>
internal sealed class HandOverConnection : DefaultConnectionContext, IDuplexPipe, IConnectionSocketFeature, IMemoryPoolFeature, ISocketHandOver
{
    private static readonly string Run = Guid.NewGuid().ToString("N")[..8];
    private static long s_count;

    private readonly Socket _socket;
    private readonly HandedOverSockets _all;
    private readonly Pipe _received;
    private readonly Pipe _toSend;
    private readonly CancellationTokenSource _closed = new();
    private readonly CancellationTokenSource _stopReceiving = new();
    private readonly TaskCompletionSource<bool> _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private Task<bool> _receiving = Task.FromResult(false);
    private Task _sending = Task.CompletedTask;
    private Exception? _reason;
    private bool _isTaken;
    private bool _isClosed;
    private bool _isHandedOver;

    private HandOverConnection(Socket socket, ConnectionPipes pipes, HandedOverSockets all)
        : base($"{Run}{Interlocked.Increment(ref s_count):x}")
    {
        (_socket, _all, MemoryPool) = (socket, all, pipes.Pool);
        (_received, _toSend) = (pipes.Received(), pipes.ToSend());
        (LocalEndPoint, RemoteEndPoint) = (socket.LocalEndPoint, socket.RemoteEndPoint);
        Transport = this;
        ConnectionClosed = _closed.Token;
        Features.Set<IConnectionSocketFeature>(this);
        Features.Set<IMemoryPoolFeature>(this);
        Features.Set<ISocketHandOver>(this);
    }

    PipeReader IDuplexPipe.Input => _received.Reader;

    PipeWriter IDuplexPipe.Output => _toSend.Writer;

    Socket IConnectionSocketFeature.Socket => _socket;

    /// <inheritdoc/>
    public MemoryPool<byte> MemoryPool { get; }

    // Whatever reads or changes the bytes on the way, such as TLS, has put its own pipes in place of these.
    bool ISocketHandOver.IsPossible => ReferenceEquals(Transport, this) && !_isClosed && !HasUnread();

    /// <summary>Makes a connection of a socket, which it closes in the end unless it is handed over.</summary>
    public static HandOverConnection Start(Socket socket, ConnectionPipes pipes, HandedOverSockets all)
    {
        var connection = new HandOverConnection(socket, pipes, all);
        all.Enter();
        connection._receiving = connection.ReceiveAllAsync();
        connection._sending = connection.SendAllAsync();
        return connection;
    }

    async Task<HandedOverSocket?> ISocketHandOver.TakeAsync(string traceId)
    {
        lock (_gate)
        {
            if (_isClosed || _isTaken)
                return null;
            _isTaken = true;
        }

        await _stopReceiving.CancelAsync();
        _received.Writer.CancelPendingFlush();
        if (!await _receiving)
            return null;
        _toSend.Reader.CancelPendingRead();
        return await _sent.Task ? new HandedOverSocket(_socket, _all, traceId, HasUnread()) : null;
    }

    public override void Abort(ConnectionAbortedException abortReason)
    {
        Close(abortReason);
        _toSend.Reader.CancelPendingRead();
    }

    public override async ValueTask DisposeAsync()
    {
        await _received.Reader.CompleteAsync();
        await _toSend.Writer.CompleteAsync();
        await _receiving;
        await _sending;
        if (!_isHandedOver)
            _all.Exit();
        await base.DisposeAsync();
    }

    /// <summary>Receives until the client has gone; true where it was stopped for the hand-over instead.</summary>
    private async Task<bool> ReceiveAllAsync()
    {
        Exception? error = null;
        var isStopped = false;
        try
        {
            while (await ReceiveAsync())
            {
            }
        }
        catch (OperationCanceledException) when (_stopReceiving.IsCancellationRequested)
        {
            isStopped = true;
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            error = AsReported(failure);
        }

        await _received.Writer.CompleteAsync(isStopped ? null : _reason ?? error);
        if (!isStopped)
            _ = _closed.CancelAsync();
        return isStopped;
    }

    // The server tells a client that went away from what is its own fault by this type.
    private static Exception AsReported(Exception failure) =>
        failure is SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.Shutdown }
            ? new ConnectionResetException(failure.Message, failure)
            : failure;

    private async ValueTask<bool> ReceiveAsync()
    {
        // No buffer is held while nothing comes.
        await _socket.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None, _stopReceiving.Token);
        var room = _received.Writer.GetMemory(MemoryPool.MaxBufferSize / 2);
        var count = await _socket.ReceiveAsync(room, SocketFlags.None, _stopReceiving.Token);
        if (count == 0)
            return false;
        _received.Writer.Advance(count);
        var flushed = await _received.Writer.FlushAsync();
        _stopReceiving.Token.ThrowIfCancellationRequested();
        return !flushed.IsCompleted && !flushed.IsCanceled;
    }

    private async Task SendAllAsync()
    {
        Exception? error = null;
        try
        {
            while (await SendAsync())
            {
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            error = AsReported(failure);
        }

        Close(error);
        _sent.TrySetResult(false);
        await _toSend.Reader.CompleteAsync();
        _received.Writer.CancelPendingFlush();
    }

    private async ValueTask<bool> SendAsync()
    {
        var read = await _toSend.Reader.ReadAsync();
        var buffer = read.Buffer;
        var sent = _isHandedOver || buffer.IsEmpty ? buffer.Length : await SendAsync(buffer);
        var isAll = sent == buffer.Length;
        _toSend.Reader.AdvanceTo(buffer.GetPosition(sent));
        if (read.IsCanceled && isAll)
            return TryLeave();
        if (read.IsCanceled)
            _toSend.Reader.CancelPendingRead();
        return !read.IsCompleted || !isAll;
    }

    private async ValueTask<long> SendAsync(ReadOnlySequence<byte> buffer)
    {
        if (buffer.IsSingleSegment)
            return await _socket.SendAsync(buffer.First, SocketFlags.None);
        var segments = new List<ArraySegment<byte>>();
        foreach (var memory in buffer)
        {
            if (MemoryMarshal.TryGetArray(memory, out var segment))
                segments.Add(segment);
            else
                segments.Add(new ArraySegment<byte>(memory.ToArray()));
        }

        return await _socket.SendAsync(segments, SocketFlags.None);
    }

    /// <summary>All that was flushed is with the kernel: the socket may go. False where the connection was aborted.</summary>
    private bool TryLeave()
    {
        lock (_gate)
        {
            if (_isClosed || !_isTaken)
                return false;
            _isHandedOver = true;
        }

        _sent.TrySetResult(true);
        return true;
    }

    private bool HasUnread()
    {
        if (!_received.Reader.TryRead(out var read))
            return false;
        _received.Reader.AdvanceTo(read.Buffer.Start);
        return !read.Buffer.IsEmpty;
    }

    /// <summary>Closes the socket: with a reason at once, else behind what was sent.</summary>
    private void Close(Exception? reason)
    {
        lock (_gate)
        {
            if (_isClosed || _isHandedOver)
                return;
            _isClosed = true;
            _reason = reason ?? new ConnectionAbortedException("The connection has ended.");
        }

        if (reason is not null)
        {
            _socket.Close(timeout: 0);
            return;
        }

        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // The client was quicker.
        }

        _socket.Dispose();
    }
}
