using System.Buffers;
using System.Globalization;
using ProgressHub.AspNetCore.Snapshots;
using ProgressHub.Core.Events;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>The stream of one job: its snapshot at the cursor, then every event, to the <c>done</c>.</summary>
internal sealed class JobSseStream(SseResponse response, JobWatch watch, SnapshotViews views)
    : SseStream(response, watch.Watcher)
{
    protected override bool IsComplete => watch.IsComplete;

    protected override bool IsLive => !watch.HasEnded;

    protected override ValueTask WriteOpeningAsync()
    {
        WriteSnapshot(watch.Snapshot.Seq.ToString(CultureInfo.InvariantCulture), views.Of(watch));
        return ValueTask.CompletedTask;
    }

    protected override void WriteFrame(EventFrame frame) => Body.Write(frame.Sse.Span);

    protected override ValueTask<int> CatchUpAsync(Memory<EventFrame> target) => watch.ReadAsync(target, Aborted);
}
