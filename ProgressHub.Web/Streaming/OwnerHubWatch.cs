using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using ProgressHub.Core.Events;

namespace ProgressHub.Web.Streaming;

/// <summary>A connection that follows all of an owner's jobs. What it watches as one job is not sent twice.</summary>
internal sealed class OwnerHubWatch(
    HubConnectionContext connection, FeedWatcher watcher, OwnerCatchUp catchUp, Func<long> last,
    Func<EventFrame, bool> watchedAlready, StreamClock clock, ILogger logger, Action<OwnerHubWatch> closed)
    : HubWatch(connection, watcher, clock, logger)
{
    private const string Method = "cursor";

    private readonly FeedWatcher _watcher = watcher;
    private bool _cursorMoved;

    public string ConnectionId => Connection.ConnectionId;

    protected override bool IsComplete => false;

    protected override SerializedHubMessage? MessageOf(ReadOnlySpan<EventFrame> frames)
    {
        var wanted = new List<EventFrame>(frames.Length);
        foreach (var frame in frames)
        {
            _cursorMoved |= frame.Ending is not null;
            if (catchUp.IsNew(frame) && !watchedAlready(frame))
                wanted.Add(frame);
        }

        return wanted.Count == 0 ? null : FrameBatches.Create(wanted.ToArray());
    }

    protected override SerializedHubMessage? Afterword()
    {
        if (!_cursorMoved)
            return null;
        _cursorMoved = false;
        return new SerializedHubMessage(new InvocationMessage(Method, [catchUp.Endings.ToString()]));
    }

    protected override ValueTask<SerializedHubMessage?> CatchUpAsync()
    {
        // Events were missed and can't be had on this stream: the client is cut off, reconnects and asks with its cursor.
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
