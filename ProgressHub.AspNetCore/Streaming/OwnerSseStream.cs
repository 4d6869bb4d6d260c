using System.Buffers;
using ProgressHub.AspNetCore.Snapshots;
using ProgressHub.Core.Events;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>
/// The stream of all of an owner's jobs. Within a run of the server, and while the tail is in memory, a client resumes
/// right where it left off (see <see cref="OwnerCursor"/>). Else it is sent the <c>done</c> of each job that ended while it
/// was away, after that job's snapshot, and a snapshot of each job that has not ended.
/// </summary>
internal sealed class OwnerSseStream(
    SseResponse response, OwnerFeeds feeds, (FeedWatcher Watcher, bool Resumed) from, OwnerCatchUp catchUp,
    SnapshotViews views) : SseStream(response, from.Watcher)
{
    private long _position = from.Watcher.Cursor;

    protected override bool IsComplete => false;

    private string Id => OwnerCursor.Format(feeds.Epoch, _position, catchUp.Endings);

    private long RetryMs => (long)Clock.Options.Retry.TotalMilliseconds;

    protected override async ValueTask WriteOpeningAsync()
    {
        if (from.Resumed)
            Write($"retry: {RetryMs}\n\n");
        else
            await WriteMissedAsync();
    }

    protected override void WriteFrame(EventFrame frame)
    {
        _position++;
        if (catchUp.IsNew(frame))
            WriteEvent(frame, Id);
    }

    protected override async ValueTask<int> CatchUpAsync(Memory<EventFrame> target)
    {
        // The tail in memory has moved past this watcher: what is in the store makes up for the events it missed.
        Watcher.Cursor = _position = feeds.Last(catchUp.Owner);
        await WriteMissedAsync();
        return 0;
    }

    private async ValueTask WriteMissedAsync()
    {
        await foreach (var missed in catchUp.ReadAsync(Aborted))
        {
            // Whoever is cut off here has not got everything yet: this id does not say where to go on in the tail.
            var id = OwnerCursor.Format(feeds.Epoch, null, catchUp.Endings);
            if (missed.Snapshot is { } snapshot)
                WriteSnapshot(id, views.Of(snapshot));
            else if (missed.Done is { } done)
                WriteEvent(done, id);
            if (!await MakeRoomAsync())
                return;
        }

        Write($"id: {Id}\nretry: {RetryMs}\n\n");
    }

    private void WriteEvent(EventFrame frame, string id)
    {
        Write($"event: {frame.Type}\nid: {id}\ndata: ");
        Body.Write(frame.Json.Span);
        Body.Write("\n\n"u8);
    }
}
