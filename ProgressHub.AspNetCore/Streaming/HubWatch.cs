using Microsoft.AspNetCore.SignalR;
using ProgressHub.Core.Events;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>
/// One connection following one feed: woken, it sends what its cursor has not seen as one message, with at most one send
/// in flight. A connection that does not take its bytes delays nobody else, and is cut off in the end.
/// </summary>
internal sealed partial class HubWatch : IOpenStream
{
    private const int FramesPerSend = 256;

    [ThreadStatic]
    private static EventFrame[]? t_frames;

    private readonly HubMember _member;
    private readonly IHubSource _source;
    private readonly StreamClock _clock;
    private readonly ILogger _logger;
    private readonly HostMessages _fromHost = new();

    // Continues on a thread of its own: whoever lets it begin holds the connection's lock.
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private StreamPulse _pulse;
    private volatile bool _ended;

    /// <summary>Takes a source, which it disposes in the end, and waits for <see cref="Begin"/>.</summary>
    /// <param name="member">The connection.</param>
    /// <param name="source">What it follows.</param>
    /// <param name="clock">Notices that it has stalled.</param>
    /// <param name="logger">Where that is noted.</param>
    /// <param name="closing">What is seen to once it is over, before its place is free again.</param>
    public HubWatch(
        HubMember member, IHubSource source, StreamClock clock, ILogger logger, Func<HubWatch, Task> closing)
    {
        (_member, _source, _clock, _logger) = (member, source, clock, logger);
        Completion = RunAsync(closing);
    }

    int IOpenStream.ClockIndex { get; set; }

    /// <summary>It is over; it never fails.</summary>
    public Task Completion { get; }

    /// <summary>What it follows.</summary>
    public IHubSource Source => _source;

    public string ConnectionId => _member.ConnectionId;

    /// <summary>Begins to send: what comes before is being written to the connection.</summary>
    public void Begin() => _begun.TrySetResult();

    /// <summary>
    /// Sends what is not of the feed, behind the events that there are now and before those that come. It never waits: a
    /// connection for which too much does is cut off.
    /// </summary>
    public void Post(SerializedHubMessage message)
    {
        if (_fromHost.TryAdd(_source.Last, message))
        {
            _source.Watcher.Poke();
            return;
        }

        LogStalled(_member.ConnectionId);
        _member.Abort();
    }

    /// <summary>Ends it, and waits until it is over and its place is free.</summary>
    public Task EndAsync()
    {
        End();
        return Completion;
    }

    // SignalR keeps idle connections alive itself.
    bool IOpenStream.IsDue(StreamClock clock) => _pulse.IsStalled(clock);

    void IOpenStream.OnDue(StreamClock clock)
    {
        LogStalled(_member.ConnectionId);
        _member.Abort();
    }

    void IOpenStream.OnStopping() => End();

    private void End()
    {
        _ended = true;
        Begin();
        _source.Watcher.Poke();
    }

    private async Task RunAsync(Func<HubWatch, Task> closing)
    {
        _clock.Add(this);
        try
        {
            await using var gone = _member.Gone.UnsafeRegister(static w => ((HubWatch)w!).End(), this);
            await _begun.Task;
            await PumpAsync();
        }
        catch (Exception failure) when (failure is OperationCanceledException or EventsGoneException)
        {
            // The connection or the job is gone; there is nobody to tell.
        }
        catch (Exception failure)
        {
            LogBroke(failure, _member.ConnectionId);
            _member.Abort();
        }
        finally
        {
            _clock.Remove(this);
            await CloseAsync(closing);
        }
    }

    private async Task CloseAsync(Func<HubWatch, Task> closing)
    {
        try
        {
            await closing(this);
        }
        catch (Exception failure)
        {
            LogBroke(failure, _member.ConnectionId);
        }
        finally
        {
            _source.Dispose();
        }
    }

    private async Task PumpAsync()
    {
        while (!_ended)
        {
            var cursor = _source.Watcher.Cursor;
            if (_fromHost.TakeAt(cursor) is { } fromHost)
            {
                await SendAsync(fromHost);
                continue;
            }

            var count = Read(cursor, out var message);
            if (count < 0)
                message = await _source.CatchUpAsync(_member, (int)Math.Clamp(_fromHost.Next - cursor, 1, FramesPerSend));

            if (message is not null)
                await SendAsync(message);
            if (_source.Trailer() is { } trailer)
                await SendAsync(trailer);
            if (count != 0)
                continue;
            if (_source.IsComplete)
                return;
            await _source.Watcher.WaitAsync();
        }
    }

    private int Read(long cursor, out SerializedHubMessage? message)
    {
        var frames = t_frames ??= new EventFrame[FramesPerSend];
        var read = _source.Watcher.Read(frames);
        var count = read;

        // What was read stands partly behind what the host sent: that part comes with the next turn.
        if (read > 0 && _fromHost.Next < cursor + read)
        {
            count = (int)Math.Max(0, _fromHost.Next - cursor);
            _source.Watcher.Cursor = cursor + count;
        }

        message = count > 0 ? _source.MessageOf(frames.AsSpan(0, count)) : null;
        if (read > 0)
            frames.AsSpan(0, read).Clear();
        return count;
    }

    private async ValueTask SendAsync(SerializedHubMessage message)
    {
        _pulse.Writing(_clock.Now);
        await _member.SendAsync(message);
        _pulse.Written();
    }

    [LoggerMessage(LogLevel.Information, "Connection {ConnectionId} does not take its bytes; it ends and may resume.")]
    private partial void LogStalled(string connectionId);

    [LoggerMessage(LogLevel.Error, "The watching of connection {ConnectionId} broke.")]
    private partial void LogBroke(Exception failure, string connectionId);
}
