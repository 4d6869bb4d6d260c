using System.Buffers;
using Microsoft.AspNetCore.SignalR;
using ProgressHub.Core.Events;

namespace ProgressHub.Web.Streaming;

/// <summary>A connection that follows one job.</summary>
internal sealed class JobHubWatch(
    HubConnectionContext connection, JobWatch watch, FrameBatches batches, StreamClock clock, ILogger logger,
    Action<JobHubWatch> closed) : HubWatch(connection, watch.Watcher, clock, logger)
{
    private const int CatchUpPage = 256;

    public string ConnectionId => Connection.ConnectionId;

    public JobWatch Watch => watch;

    protected override bool IsComplete => watch.IsComplete;

    protected override SerializedHubMessage? MessageOf(ReadOnlySpan<EventFrame> frames) => batches.Get(frames);

    protected override async ValueTask<SerializedHubMessage?> CatchUpAsync()
    {
        var frames = ArrayPool<EventFrame>.Shared.Rent(CatchUpPage);
        try
        {
            var count = await watch.ReadAsync(frames.AsMemory(0, CatchUpPage), Connection.ConnectionAborted);
            return count == 0 ? null : FrameBatches.Create(frames.AsSpan(0, count));
        }
        finally
        {
            ArrayPool<EventFrame>.Shared.Return(frames, clearArray: true);
        }
    }

    protected override void Close()
    {
        watch.Dispose();
        closed(this);
    }
}
