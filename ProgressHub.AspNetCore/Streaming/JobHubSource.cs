using System.Buffers;
using Microsoft.AspNetCore.SignalR;
using ProgressHub.Core.Events;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>One job, for a connection of the hub.</summary>
internal sealed class JobHubSource(AdmittedWatch admitted, SharedBatches batches) : IHubSource
{
    private readonly FrameBatches _batches = batches.Take(admitted.Watch.Snapshot.JobId);

    public FeedWatcher Watcher => admitted.Watch.Watcher;

    public long Last => admitted.Watch.Last;

    public bool IsComplete => admitted.Watch.IsComplete;

    public SerializedHubMessage? MessageOf(ReadOnlySpan<EventFrame> frames) => _batches.Get(frames);

    public SerializedHubMessage? Trailer() => null;

    public async ValueTask<SerializedHubMessage?> CatchUpAsync(HubMember member, int most)
    {
        var frames = ArrayPool<EventFrame>.Shared.Rent(most);
        try
        {
            var count = await admitted.Watch.ReadAsync(frames.AsMemory(0, most), member.Gone);
            return count == 0 ? null : FrameBatches.Create(frames.AsSpan(0, count));
        }
        finally
        {
            ArrayPool<EventFrame>.Shared.Return(frames, clearArray: true);
        }
    }

    public void Dispose()
    {
        admitted.Dispose();
        batches.Return(admitted.Watch.Snapshot.JobId);
    }
}
