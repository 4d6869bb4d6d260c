using System.Buffers;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Web.Jobs;

namespace ProgressHub.Web.Streaming;

/// <summary>
/// The stream of all of an owner's jobs. Ids are <c>epoch-position</c>: within a run of the server, and while the tail is
/// in memory, a client resumes where it left off; else it starts over with a snapshot of each job that has not ended.
/// </summary>
internal sealed class OwnerSseStream(
    HttpContext context, string owner, OwnerFeeds feeds, (FeedWatcher Watcher, bool Resumed) from, JobService jobs,
    StreamClock clock, ILogger logger) : SseStream(context, clock, from.Watcher, logger)
{
    private readonly OwnerCatchUp _catchUp = new(owner, jobs);
    private long _position = from.Watcher.Cursor;

    protected override bool IsComplete => false;

    protected override async ValueTask WriteOpeningAsync()
    {
        if (from.Resumed)
            Write($"retry: {(long)Clock.Options.Retry.TotalMilliseconds}\n\n");
        else
            await WriteSnapshotsAsync();
    }

    protected override void WriteFrame(EventFrame frame)
    {
        _position++;
        if (!_catchUp.IsNew(frame))
            return;
        Write($"event: {frame.Type}\nid: {feeds.Epoch}-{_position}\ndata: ");
        Body.Write(frame.Json.Span);
        Body.Write("\n\n"u8);
    }

    protected override async ValueTask<int> CatchUpAsync(Memory<EventFrame> target)
    {
        // The tail in memory has moved past this watcher: states make up for the events it missed.
        Watcher.Cursor = _position = feeds.Last(owner);
        await WriteSnapshotsAsync();
        return 0;
    }

    private async ValueTask WriteSnapshotsAsync()
    {
        var id = $"{feeds.Epoch}-{_position}";
        var any = false;
        await foreach (var snapshot in _catchUp.SnapshotsAsync(Aborted))
        {
            any = true;
            WriteSnapshot(id, SnapshotView.Present(snapshot, Clock.UtcNow));
        }

        if (!any)
            Write($"id: {id}\nretry: {(long)Clock.Options.Retry.TotalMilliseconds}\n\n");
    }
}
