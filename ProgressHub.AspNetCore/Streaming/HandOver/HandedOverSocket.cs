using System.IO.Pipelines;
using System.Net.Sockets;

namespace ProgressHub.AspNetCore.Streaming.HandOver;

/// <summary>
/// The rest of a chunked response, on a socket that has left the server. What is written between two flushes goes out as
/// one chunk with one send; only where the kernel has no room does a flush wait, for the socket to be writable. An idle
/// one holds no buffer. For one writer at a time; anybody may abort.
/// </summary>
internal sealed class HandedOverSocket : PipeWriter, IStreamOutput, IDisposable
{
    private static readonly TimeSpan Lingering = TimeSpan.FromSeconds(1);

    // What a client says here is never read: that it says something is all that counts.
    private static readonly byte[] Ignored = new byte[512];

    private readonly Socket _socket;
    private readonly HandedOverSockets _all;
    private readonly CancellationTokenSource _gone = new();
    private ChunkBuffer _chunk;
    private volatile bool _hasSpoken;
    private volatile bool _isHangingUp;
    private int _isClosed;

    /// <summary>Takes a socket over, which it closes in the end.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="all">Where it counts.</param>
    /// <param name="traceId">What names the request in the log.</param>
    /// <param name="hasSpoken">Whether the client has sent something behind its request already.</param>
    public HandedOverSocket(Socket socket, HandedOverSockets all, string traceId, bool hasSpoken)
    {
        (_socket, _all, TraceId, _hasSpoken) = (socket, all, traceId, hasSpoken);
        all.Add(this);
    }

    /// <inheritdoc/>
    public PipeWriter Body => this;

    /// <inheritdoc/>
    public CancellationToken Aborted => _gone.Token;

    /// <inheritdoc/>
    public string TraceId { get; }

    /// <summary>The client has sent something behind its request: nobody is there to answer, so the response ends.</summary>
    public bool MustEnd => _hasSpoken;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _chunk.Length;

    /// <summary>Begins to notice what the client does; the writer is woken where it must end.</summary>
    public void Follow(Action wake) => _ = FollowAsync(wake);

    public override Memory<byte> GetMemory(int sizeHint = 0) => _chunk.Room(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => _chunk.Room(sizeHint).Span;

    public override void Advance(int bytes) => _chunk.Advance(bytes);

    public override void CancelPendingFlush() => throw new NotSupportedException("A flush ends with the socket alone.");

    /// <summary>Sends what was written. Completed in its result: the client is gone.</summary>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (_chunk.Length == 0)
            return ValueTask.FromResult(new FlushResult(isCanceled: false, isCompleted: _gone.IsCancellationRequested));
        var frame = _chunk.Frame();
        var sent = NonBlockingSend.Send(_socket.SafeHandle, frame.Span);
        if (sent >= 0 && sent < frame.Length)
            return SendRestAsync(frame[sent..]);
        _chunk.Clear();
        if (sent < 0)
            Abort();
        return ValueTask.FromResult(new FlushResult(isCanceled: false, isCompleted: sent < 0));
    }

    public override void Complete(Exception? exception = null) => throw new NotSupportedException("It ends with EndAsync.");

    /// <summary>Ends the response as one that is whole, and closes the socket; waits where the client does not take it.</summary>
    public async ValueTask EndAsync()
    {
        if (!(await FlushAsync()).IsCompleted && !(await SendRestAsync(ChunkBuffer.Last.ToArray())).IsCompleted)
            await HangUpAsync();
        Close(abortive: false);
    }

    /// <inheritdoc/>
    public void Abort() => Close(abortive: true);

    /// <summary>Closes it, where nobody has yet.</summary>
    public void Dispose() => Abort();

    private async ValueTask<FlushResult> SendRestAsync(ReadOnlyMemory<byte> rest)
    {
        try
        {
            while (rest.Length > 0)
                rest = rest[await _socket.SendAsync(rest, SocketFlags.None, Aborted)..];
            return default;
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            Abort();
            return new FlushResult(isCanceled: false, isCompleted: true);
        }
        finally
        {
            _chunk.Clear();
        }
    }

    private async Task FollowAsync(Action wake)
    {
        try
        {
            if (!_hasSpoken && await _socket.ReceiveAsync(Ignored.AsMemory(0, 1), SocketFlags.None, CancellationToken.None) == 0)
            {
                OnSilent();
                return;
            }

            _hasSpoken = true;
            wake();
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            OnSilent();
        }
    }

    // Hanging up looks from here as if the client had: what was sent last is then still on its way.
    private void OnSilent()
    {
        if (!_isHangingUp)
            Close(abortive: false);
    }

    // A close with bytes unread makes the kernel reset the connection, and that would overtake the end of the response.
    private async ValueTask HangUpAsync()
    {
        _isHangingUp = true;
        try
        {
            _socket.Shutdown(_hasSpoken ? SocketShutdown.Send : SocketShutdown.Both);
            if (!_hasSpoken)
                return;
            using var enough = new CancellationTokenSource(Lingering, _all.Time);
            while (await _socket.ReceiveAsync(Ignored, SocketFlags.None, enough.Token) > 0)
            {
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // It is closed all the same.
        }
    }

    private void Close(bool abortive)
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 1)
            return;
        if (abortive)
            _socket.Close(timeout: 0);
        else
            _socket.Dispose();
        _all.Remove(this);
        _ = _gone.CancelAsync();
    }
}
