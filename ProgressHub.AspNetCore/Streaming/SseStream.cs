using System.Buffers;
using System.IO.Pipelines;
using ProgressHub.AspNetCore.Snapshots;
using ProgressHub.AspNetCore.Streaming.HandOver;
using ProgressHub.Core.Events;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>
/// One server-sent-events response (WHATWG HTML, section 9.2). It has no queue: woken, it copies all frames its cursor
/// has not seen into the response and flushes once. A client that does not take its bytes is cut off and may resume.
/// </summary>
internal abstract partial class SseStream : IOpenStream
{
    /// <summary>The most frames, and about the most bytes, between two flushes.</summary>
    protected const int FramesPerRead = 128;

    private const int BytesPerFlush = 48 * 1024;

    [ThreadStatic]
    private static EventFrame[]? t_frames;

    private readonly ILogger _logger;
    private readonly IDisposable _held;
    private HttpContext? _context;
    private IStreamOutput _output;
    private IDisposable? _access;
    private StreamPulse _pulse;
    private bool _aborted;

    protected SseStream(SseResponse response, FeedWatcher watcher)
    {
        (_context, Clock, _logger, _held) = (response.Context, response.Clock, response.Logger, response.Held);
        _output = new HttpOutput(response.Context);
        Watcher = watcher;
    }

    int IOpenStream.ClockIndex { get; set; }

    protected FeedWatcher Watcher { get; }

    protected StreamClock Clock { get; }

    protected PipeWriter Body => _output.Body;

    protected CancellationToken Aborted => _output.Aborted;

    /// <summary>How long nothing was written.</summary>
    protected TimeSpan Silence => _pulse.Silence(Clock);

    /// <summary>Whether there is nothing left to come.</summary>
    protected abstract bool IsComplete { get; }

    /// <summary>Whether it waits for what is yet to come; of a job that has ended all is there.</summary>
    protected virtual bool IsLive => true;

    /// <summary>
    /// Sends the stream until the end of the job, of the client or of the server, or until it has left the web server and
    /// goes on by itself: the request is over either way.
    /// </summary>
    public async Task RunAsync()
    {
        var context = _context!;
        var offer = IsLive && !Clock.IsStopping ? HandOverOffer.Make(context) : default;
        SseResponse.WriteHeaders(context.Response);
        Clock.Add(this);
        var hasLeft = false;
        try
        {
            await using var gone = Aborted.UnsafeRegister(static self => ((SseStream)self!).OnGone(), this);
            await WriteOpeningAsync();
            if (await FlushAsync() && !(hasLeft = await TryLeaveAsync(offer)))
                await PumpAsync();
        }
        catch (OperationCanceledException) when (Aborted.IsCancellationRequested)
        {
            // The client went away; that is how streams end.
        }
        catch (EventsGoneException)
        {
            // The job was purged under the reader; a reconnect is answered 410.
        }
        finally
        {
            if (!hasLeft)
                Close();
        }

        // Nothing of the request may be needed from here on.
        if (hasLeft)
            ThreadPool.UnsafeQueueUserWorkItem(static self => _ = self.RunOnAsync(), this, preferLocal: false);
    }

    bool IOpenStream.IsDue(StreamClock clock) => _pulse.IsSilent(clock) || _pulse.IsStalled(clock);

    void IOpenStream.OnDue(StreamClock clock)
    {
        if (!_pulse.IsStalled(clock))
        {
            Watcher.Poke();
            return;
        }

        LogStalled(_output.TraceId);
        _output.Abort();
    }

    void IOpenStream.OnStopping() => Watcher.Poke();

    /// <summary>Writes what comes before the first event.</summary>
    protected abstract ValueTask WriteOpeningAsync();

    /// <summary>Writes one frame of the feed.</summary>
    protected abstract void WriteFrame(EventFrame frame);

    /// <summary>Reads frames that are no longer in memory; returns how many.</summary>
    protected abstract ValueTask<int> CatchUpAsync(Memory<EventFrame> target);

    /// <summary>Writes what comes after the last event; false where that is nothing.</summary>
    protected virtual ValueTask<bool> WriteClosingAsync() => ValueTask.FromResult(false);

    /// <summary>Woken without an event: writes what is due, if anything is.</summary>
    protected virtual bool WriteWhenQuiet()
    {
        if (!_pulse.IsSilent(Clock))
            return false;
        WriteHeartbeat();
        return true;
    }

    /// <summary>Writes that the stream is alive.</summary>
    protected virtual void WriteHeartbeat() => Body.WriteHeartbeat(Clock.UtcNow);

    /// <summary>Writes a snapshot event.</summary>
    /// <param name="id">What the client resumes from; digits, and for some streams a prefix.</param>
    /// <param name="snapshot">The state.</param>
    protected void WriteSnapshot(string id, SnapshotView snapshot) => Body.WriteSnapshot(id, Clock.Options.Retry, snapshot);

    protected void Write(string ascii) => Body.WriteAscii(ascii);

    /// <summary>Sends what is written once it is much; false where the client is gone.</summary>
    protected async ValueTask<bool> MakeRoomAsync() => Body.UnflushedBytes < BytesPerFlush || await FlushAsync();

    private async ValueTask<bool> TryLeaveAsync(HandOverOffer offer)
    {
        _pulse.Writing(Clock.Now);
        var taken = await offer.TakeAsync();
        _pulse.Written();
        if (taken is not var (socket, access))
            return false;
        _output = socket;
        (_access, _context) = (access, null);
        return true;
    }

    /// <summary>The rest of a stream that has left the web server.</summary>
    private async Task RunOnAsync()
    {
        var socket = (HandedOverSocket)_output;
        try
        {
            await using var gone = Aborted.UnsafeRegister(static self => ((SseStream)self!).OnGone(), this);
            socket.Follow(Watcher.Poke);
            await PumpAsync();
            _pulse.Writing(Clock.Now);
            await socket.EndAsync();
        }
        catch (OperationCanceledException) when (Aborted.IsCancellationRequested)
        {
            // The client went away.
        }
        catch (EventsGoneException)
        {
            await socket.EndAsync();
        }
        catch (Exception failure)
        {
            LogBroke(failure, socket.TraceId);
        }
        finally
        {
            socket.Dispose();
            Close();
        }
    }

    private void Close()
    {
        Clock.Remove(this);
        _held.Dispose();
        _access?.Dispose();
    }

    private async Task PumpAsync()
    {
        while (!_aborted)
        {
            var wrote = Drain();
            if (wrote < 0)
                await CatchUpOnceAsync();

            if (wrote != 0)
            {
                if (!await FlushAsync())
                    return;
                continue;
            }

            if (_output.MustEnd)
                return;
            if (IsComplete)
            {
                if (await WriteClosingAsync())
                    await FlushAsync();
                return;
            }

            if (Clock.IsStopping)
            {
                Body.WriteGoodbye();
                await FlushAsync();
                return;
            }

            if (WriteWhenQuiet() && !await FlushAsync())
                return;
            await Watcher.WaitAsync();
        }
    }

    /// <summary>Copies what was missed into the response: how many bytes; −1 where memory does not reach back so far.</summary>
    private int Drain()
    {
        var frames = t_frames ??= new EventFrame[FramesPerRead];
        var bytes = 0;
        while (bytes < BytesPerFlush)
        {
            var count = Watcher.Read(frames);
            if (count <= 0)
                return bytes > 0 ? bytes : count;
            bytes += WriteFrames(frames.AsSpan(0, count));
        }

        return bytes;
    }

    private async ValueTask CatchUpOnceAsync()
    {
        var frames = ArrayPool<EventFrame>.Shared.Rent(FramesPerRead);
        try
        {
            var count = await CatchUpAsync(frames.AsMemory(0, FramesPerRead));
            WriteFrames(frames.AsSpan(0, count));
        }
        finally
        {
            ArrayPool<EventFrame>.Shared.Return(frames, clearArray: true);
        }
    }

    private int WriteFrames(Span<EventFrame> frames)
    {
        var bytes = 0;
        foreach (var frame in frames)
        {
            WriteFrame(frame);
            bytes += frame.Sse.Length;
        }

        frames.Clear();
        return bytes;
    }

    private async ValueTask<bool> FlushAsync()
    {
        // Frames of which a stream tells nothing: they are no reason to leave a heartbeat out.
        if (Body.UnflushedBytes == 0)
            return true;
        _pulse.Writing(Clock.Now);
        var result = await Body.FlushAsync(CancellationToken.None);
        _pulse.Written();
        return !result.IsCompleted && !result.IsCanceled;
    }

    private void OnGone()
    {
        _aborted = true;
        Watcher.Poke();
    }

    [LoggerMessage(LogLevel.Information, "A watcher does not take its bytes; its stream {TraceId} ends and it may resume.")]
    private partial void LogStalled(string traceId);

    [LoggerMessage(LogLevel.Error, "The stream {TraceId} broke.")]
    private partial void LogBroke(Exception failure, string traceId);
}
