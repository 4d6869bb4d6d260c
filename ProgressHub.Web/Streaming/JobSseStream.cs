using System.Buffers;
using System.Globalization;
using ProgressHub.Core.Events;
using ProgressHub.Web.Jobs;

namespace ProgressHub.Web.Streaming;

/// <summary>The stream of one job: its snapshot at the cursor, then every event, to the <c>done</c>.</summary>
internal sealed class JobSseStream(HttpContext context, JobWatch watch, StreamClock clock, ILogger logger)
    : SseStream(context, clock, watch.Watcher, logger)
{
    protected override bool IsComplete => watch.IsComplete;

    protected override ValueTask WriteOpeningAsync()
    {
        var snapshot = watch.Snapshot;
        WriteSnapshot(
            snapshot.Seq.ToString(CultureInfo.InvariantCulture), SnapshotView.Present(watch, Clock.UtcNow));
        return ValueTask.CompletedTask;
    }

    protected override void WriteFrame(EventFrame frame) => Body.Write(frame.Sse.Span);

    protected override ValueTask<int> CatchUpAsync(Memory<EventFrame> target) => watch.ReadAsync(target, Aborted);
}
