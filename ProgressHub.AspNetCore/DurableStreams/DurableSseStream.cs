using ProgressHub.AspNetCore.Streaming;
using ProgressHub.Core.Events;

namespace ProgressHub.AspNetCore.DurableStreams;

/// <summary>
/// A live read as server-sent events (Durable Streams, section 5.7): after each <c>data</c> a <c>control</c> with the next
/// offset. It ends with the job, or after a minute, when its client comes back with that offset.
/// </summary>
internal sealed class DurableSseStream(
    SseResponse response, JobWatch watch, StreamContent content, long start, Func<string> nextCursor)
    : SseStream(response, watch.Watcher)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly long _opened = response.Clock.Now;
    private long _next = Math.Max(start, watch.Cursor);
    private bool _saidUpToDate;
    private bool _saidClosed;

    protected override bool IsComplete => _saidClosed || Clock.Since(_opened) > Lifetime;

    protected override bool IsLive => !watch.HasEnded;

    protected override ValueTask WriteOpeningAsync()
    {
        SayWhereItStands();
        return ValueTask.CompletedTask;
    }

    protected override void WriteFrame(EventFrame frame)
    {
        // Of what another node knew already when it gave the offset, nothing is told again.
        if (frame.Seq <= start)
            return;
        _next = frame.Seq;
        if (content.Has(frame))
        {
            Write("event: data\n");
            content.WriteData(Body, frame);
            Write("\n");
            WriteControl();
        }
        else if (frame.IsDone)
        {
            WriteControl();
        }
    }

    protected override ValueTask<int> CatchUpAsync(Memory<EventFrame> target) => watch.ReadAsync(target, Aborted);

    protected override bool WriteWhenQuiet()
    {
        var wasSaid = _saidUpToDate;
        SayWhereItStands();
        return base.WriteWhenQuiet() || wasSaid != _saidUpToDate;
    }

    protected override void WriteHeartbeat() => Write(": heartbeat\n\n");

    // Events that are not in this stream move its end on; a client is told once that it has everything, not each time.
    private void SayWhereItStands()
    {
        if (!_saidUpToDate && watch.IsUpToDate)
            WriteControl();
    }

    private void WriteControl()
    {
        var offset = StreamOffset.Format(_next);
        _saidClosed = watch.IsComplete && _next >= watch.Cursor;
        _saidUpToDate = _saidClosed || (watch.IsUpToDate && _next >= watch.Cursor);
        if (_saidClosed)
            Write($"event: control\ndata: {{\"streamNextOffset\":\"{offset}\",\"upToDate\":true,\"streamClosed\":true}}\n\n");
        else if (_saidUpToDate)
            Write($"event: control\ndata: {{\"streamNextOffset\":\"{offset}\",\"streamCursor\":\"{nextCursor()}\",\"upToDate\":true}}\n\n");
        else
            Write($"event: control\ndata: {{\"streamNextOffset\":\"{offset}\",\"streamCursor\":\"{nextCursor()}\"}}\n\n");
    }
}
