using Microsoft.AspNetCore.SignalR;
using ProgressHub.Core.Events;

namespace ProgressHub.Web.Streaming;

/// <summary>
/// One connection following one feed: woken, it sends what its cursor has not seen as one message, with at most one send
/// in flight. A connection that does not take its bytes delays nobody else, and is cut off in the end.
/// </summary>
internal abstract partial class HubWatch(
    HubConnectionContext connection, FeedWatcher watcher, StreamClock clock, ILogger logger) : IOpenStream
{
    private const int FramesPerSend = 256;

    // The answer of the hub method is on its way; clients that expect it first are spared a surprise. Nothing depends on
    // it: events carry their seq.
    private static readonly TimeSpan HeadStart = TimeSpan.FromMilliseconds(10);

    [ThreadStatic]
    private static EventFrame[]? t_frames;

    private StreamPulse _pulse;
    private volatile bool _ended;

    int IOpenStream.ClockIndex { get; set; }

    protected HubConnectionContext Connection => connection;

    protected abstract bool IsComplete { get; }

    /// <summary>Sends until the job or the connection ends, or <see cref="End"/>.</summary>
    public async Task RunAsync(TimeProvider time)
    {
        clock.Add(this);
        try
        {
            await Task.Delay(HeadStart, time, connection.ConnectionAborted);
            await using var gone = connection.ConnectionAborted.UnsafeRegister(static w => ((HubWatch)w!).End(), this);
            await PumpAsync();
        }
        catch (Exception failure) when (failure is OperationCanceledException or EventsGoneException)
        {
            // The connection or the job is gone; there is nobody to tell.
        }
        catch (Exception failure)
        {
            LogBroke(failure, connection.ConnectionId);
            connection.Abort();
        }
        finally
        {
            clock.Remove(this);
            Close();
        }
    }

    public void End()
    {
        _ended = true;
        watcher.Poke();
    }

    // SignalR keeps idle connections alive itself.
    bool IOpenStream.IsDue(StreamClock clock) => _pulse.IsStalled(clock);

    void IOpenStream.OnDue(StreamClock clock)
    {
        LogStalled(connection.ConnectionId);
        connection.Abort();
    }

    void IOpenStream.OnStopping() => End();

    /// <summary>The message with these frames; null where none of them is to be sent.</summary>
    protected abstract SerializedHubMessage? MessageOf(ReadOnlySpan<EventFrame> frames);

    /// <summary>What is to be sent behind what was just sent; null for nothing.</summary>
    protected virtual SerializedHubMessage? Afterword() => null;

    /// <summary>Reads what is no longer in memory.</summary>
    protected abstract ValueTask<SerializedHubMessage?> CatchUpAsync();

    protected abstract void Close();

    private async Task PumpAsync()
    {
        while (!_ended)
        {
            var count = Read(out var message);
            if (count < 0)
                message = await CatchUpAsync();

            if (message is not null)
                await SendAsync(message);
            if (Afterword() is { } afterword)
                await SendAsync(afterword);
            if (count != 0)
                continue;
            if (IsComplete)
                return;
            await watcher.WaitAsync();
        }
    }

    private int Read(out SerializedHubMessage? message)
    {
        var frames = t_frames ??= new EventFrame[FramesPerSend];
        var count = watcher.Read(frames);
        message = count > 0 ? MessageOf(frames.AsSpan(0, count)) : null;
        if (count > 0)
            frames.AsSpan(0, count).Clear();
        return count;
    }

    private async ValueTask SendAsync(SerializedHubMessage message)
    {
        _pulse.Writing(clock.Now);
        await connection.WriteAsync(message, connection.ConnectionAborted);
        _pulse.Written();
    }

    [LoggerMessage(LogLevel.Information, "Connection {ConnectionId} does not take its bytes; it ends and may resume.")]
    private partial void LogStalled(string connectionId);

    [LoggerMessage(LogLevel.Error, "The watching of connection {ConnectionId} broke.")]
    private partial void LogBroke(Exception failure, string connectionId);
}
