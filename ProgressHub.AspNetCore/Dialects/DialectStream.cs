using System.Buffers;
using System.Globalization;
using ProgressHub.AspNetCore.Snapshots;
using ProgressHub.AspNetCore.Streaming;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;

namespace ProgressHub.AspNetCore.Dialects;

/// <summary>The stream of one job in a dialect. It watches the same feed as any other; only what it writes differs.</summary>
internal sealed class DialectStream(
    SseResponse response, JobWatch watch, JobService jobs, IProjection projection, bool skipsOpening)
    : SseStream(response, watch.Watcher)
{
    private readonly long _opened = response.Clock.Now;
    private readonly string _owner = watch.Owner;
    private JobSnapshot _snapshot = watch.Snapshot;
    private JobMoment? _end;

    protected override bool IsComplete => watch.IsComplete;

    protected override bool IsLive => !watch.HasEnded;

    private StreamMoment Now =>
        new(SnapshotNow.Of(_snapshot, Clock.UtcNow), Clock.UtcNow, Clock.Since(_opened));

    /// <summary>After how much silence it says again where the job stands; it is poked at least as often.</summary>
    public TimeSpan? RepeatAfter { get; init; }

    protected override ValueTask WriteOpeningAsync()
    {
        Write(string.Create(CultureInfo.InvariantCulture, $"retry: {(long)Clock.Options.Retry.TotalMilliseconds}\n\n"));
        if (!skipsOpening)
        {
            foreach (var message in projection.Open(SnapshotNow.Of(watch, Clock.UtcNow)))
                Write(message, null);
        }

        return ValueTask.CompletedTask;
    }

    protected override void WriteFrame(EventFrame frame)
    {
        var next = frame.Decode();
        if (next.Progress is { } reported)
        {
            // Told as what it is, an event before this one; whoever is cut off in between hears both again.
            Write(Take(reported.ToEvent() with
            {
                JobId = next.JobId, Seq = next.Seq, At = next.At, Attempt = next.Attempt, ElapsedMs = next.ElapsedMs,
            }), id: null);
            next = next with { Progress = null };
        }

        var moment = Take(next);
        if (frame.IsDone)
            _end = moment;
        else
            Write(moment, next.Seq);
    }

    private JobMoment Take(JobEvent next)
    {
        var moment = new JobMoment(_snapshot, next, _snapshot.Apply(next));
        _snapshot = moment.After;
        return moment;
    }

    protected override async ValueTask<bool> WriteClosingAsync()
    {
        // What is said of the end may hold the result, and that is not in the feed.
        if (_end is not { } end)
            return false;
        Write(end with { Result = await jobs.ReadResultAsync(_snapshot.JobId, _owner, soFar: false, Aborted) }, end.Event.Seq);
        return true;
    }

    protected override ValueTask<int> CatchUpAsync(Memory<EventFrame> target) => watch.ReadAsync(target, Aborted);

    protected override void WriteHeartbeat() => Write(projection.Silence(Now), null);

    protected override bool WriteWhenQuiet()
    {
        if (RepeatAfter is not { } silence || Silence < silence || projection.Repeat(Now) is not { } message)
            return base.WriteWhenQuiet();
        Write(message, null);
        return true;
    }

    private void Write(JobMoment moment, long? id)
    {
        // Only the last message of an event carries its number: whoever is cut off between two hears both again.
        DialectMessage? last = null;
        foreach (var message in projection.Tell(moment))
        {
            if (last is { } before)
                Write(before, null);
            last = message;
        }

        if (last is { } closing)
            Write(closing, id);
    }

    private void Write(DialectMessage message, long? id)
    {
        if (message.Event is { } name)
            Write($"event: {name}\n");
        if (id is { } seq)
            Write(string.Create(CultureInfo.InvariantCulture, $"id: {seq}\n"));
        Body.Write("data: "u8);
        Body.Write(message.Json.Span);
        Body.Write("\n\n"u8);
    }
}
