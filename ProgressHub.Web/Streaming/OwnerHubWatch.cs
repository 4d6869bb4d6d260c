using Microsoft.AspNetCore.SignalR;
using ProgressHub.Core.Events;

namespace ProgressHub.Web.Streaming;

/// <summary>A connection that follows all of an owner's jobs. What it watches as one job is not sent twice.</summary>
internal sealed class OwnerHubWatch(
    HubConnectionContext connection, FeedWatcher watcher, OwnerCatchUp catchUp, Func<long> last,
    Func<EventFrame, bool> watchedAlready, StreamClock clock, ILogger logger, Action<OwnerHubWatch> closed)
    : HubWatch(connection, watcher, clock, logger)
{
    private readonly FeedWatcher _watcher = watcher;

    public string ConnectionId => Connection.ConnectionId;

    protected override bool IsComplete => false;

    protected override SerializedHubMessage? MessageOf(ReadOnlySpan<EventFrame> frames)
    {
        var wanted = new List<EventFrame>(frames.Length);
        foreach (var frame in frames)
        {
            if (catchUp.IsNew(frame) && !watchedAlready(frame))
                wanted.Add(frame);
        }

        return wanted.Count == 0 ? null : FrameBatches.Create(wanted.ToArray());
    }

    protected override ValueTask<SerializedHubMessage?> CatchUpAsync()
    {
        // Events were missed and can't be had on this stream: the client is cut off, reconnects and asks for states anew.
        _watcher.Cursor = last();
        Connection.Abort();
        return ValueTask.FromResult<SerializedHubMessage?>(null);
    }

    protected override void Close()
    {
        _watcher.Dispose();
        closed(this);
    }
}
