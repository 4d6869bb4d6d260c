using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Events;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>All of an owner's jobs, for a connection of the hub. What it watches as one job is not sent twice.</summary>
internal sealed class OwnerHubSource(
    FeedWatcher watcher, OwnerCatchUp catchUp, OwnerFeeds owners, Func<EventFrame, bool> isWatchedAlready, WatcherLease lease)
    : IHubSource
{
    private const string Method = "cursor";

    private bool _cursorMoved;

    public FeedWatcher Watcher => watcher;

    public long Last => owners.Last(catchUp.Owner);

    public bool IsComplete => false;

    public SerializedHubMessage? MessageOf(ReadOnlySpan<EventFrame> frames)
    {
        var wanted = new List<EventFrame>(frames.Length);
        foreach (var frame in frames)
        {
            _cursorMoved |= frame.Ending is not null;
            if (catchUp.IsNew(frame) && !isWatchedAlready(frame))
                wanted.Add(frame);
        }

        return wanted.Count == 0 ? null : FrameBatches.Create(wanted.ToArray());
    }

    public SerializedHubMessage? Trailer()
    {
        if (!_cursorMoved)
            return null;
        _cursorMoved = false;
        return new SerializedHubMessage(new InvocationMessage(Method, [catchUp.Endings.ToString()]));
    }

    public ValueTask<SerializedHubMessage?> CatchUpAsync(HubMember member, int most)
    {
        // Events were missed and can't be had on this stream: the client is cut off, reconnects and asks with its cursor.
        watcher.Cursor = Last;
        member.Abort();
        return ValueTask.FromResult<SerializedHubMessage?>(null);
    }

    public void Dispose()
    {
        watcher.Dispose();
        lease.Dispose();
    }
}
