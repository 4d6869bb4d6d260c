using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Events;

/// <summary>How each event changes a <see cref="JobSnapshot"/>.</summary>
internal static class SnapshotFold
{
    public static JobSnapshot Apply(JobSnapshot before, JobEvent next)
    {
        var placed = before with
        {
            Seq = next.Seq, ElapsedMs = next.ElapsedMs, Attempt = next.Attempt, Report = next.Report ?? before.Report,
        };
        if (next.Progress is { } reported)
            placed = Progress(placed, reported.ToEvent());
        return next switch
        {
            QueuedEvent e => Queued(placed, e),
            StartedEvent e => Started(placed, e),
            StageEvent e => placed with
            {
                Stage = e.Stage, StageFraction = null, Current = null, Total = null, Unit = null, Message = e.Label,
                Estimated = false, Eta = null, Stages = Enter(placed.Stages, e.Stage, e.ElapsedMs),
            },
            ProgressEvent e => Progress(placed, e),
            PartialEvent e => placed with { Partials = Count(placed.Partials, e) },
            UsageEvent e => placed with { Usage = e.ToUsage() },
            InputRequiredEvent e => placed with
            {
                State = JobState.WaitingForInput,
                PendingInput = new PendingInput(e.RequestId, e.Question, e.Options, e.Deadline),
            },
            InputReceivedEvent => placed with
            {
                PendingInput = null,
                State = placed.State == JobState.WaitingForInput ? JobState.Running : placed.State,
            },
            RetryingEvent e => placed with
            {
                State = JobState.Queued, Message = e.Reason, Eta = null, PendingInput = null, StageFraction = null, Stalled = null,
                Stages = Leave(placed.Stages, StageStates.Failed, e.ElapsedMs),
            },
            CancelingEvent => placed with { State = JobState.Canceling, PendingInput = null, Eta = null },
            TagsEvent e => placed with { Tags = e.Tags },
            DoneEvent e => Done(placed, e),
            _ => placed,
        };
    }

    private static JobSnapshot Queued(JobSnapshot snapshot, QueuedEvent e) => snapshot with
    {
        Kind = e.Kind,
        Title = e.Title,
        Tags = e.Tags ?? [],
        RetryOf = e.RetryOf,
        State = JobState.Queued,
        QueuePosition = e.Position,
        CreatedAt = snapshot.Seq == 1 ? e.At : snapshot.CreatedAt,
    };

    private static JobSnapshot Started(JobSnapshot snapshot, StartedEvent e) => snapshot with
    {
        // Somebody may have asked for the end before the attempt got this far.
        State = snapshot.State == JobState.Canceling ? JobState.Canceling : JobState.Running,
        QueuePosition = null,
        StartedAt = snapshot.StartedAt ?? e.At,
        Engine = e.Engine ?? snapshot.Engine,
        Stage = null,
        Fraction = 0,
        StageFraction = null,
        Current = null,
        Total = null,
        Unit = null,
        Message = null,
        Estimated = false,
        Stalled = null,
        Eta = null,
        Stages = [.. e.Stages.Select(s => new StageStatus(s.Name, s.Label, s.Weight, StageStates.Pending))],
    };

    private static JobSnapshot Progress(JobSnapshot snapshot, ProgressEvent e) => snapshot with
    {
        Stage = e.Stage ?? snapshot.Stage,
        Fraction = e.Fraction ?? snapshot.Fraction,
        StageFraction = e.StageFraction,
        Current = e.Current,
        Total = e.Total,
        Unit = e.Unit,
        Message = e.Message ?? snapshot.Message,
        Estimated = e.Estimated,
        Stalled = e.Stalled,
        Eta = e.Eta,
    };

    private static JobSnapshot Done(JobSnapshot snapshot, DoneEvent e) => snapshot with
    {
        State = e.State,
        Error = e.Error,
        ResultUrl = e.ResultUrl,
        Outcome = e.Outcome,
        FinishedAt = e.At,
        Fraction = e.State == JobState.Succeeded ? 1 : snapshot.Fraction,
        StageFraction = e.State == JobState.Succeeded ? 1 : snapshot.StageFraction,
        QueuePosition = null,
        PendingInput = null,
        Stalled = null,
        Eta = null,

        // A job that failed and has a result failed in some of its pieces; its last stage went well.
        Stages = Leave(snapshot.Stages, e.State == JobState.Succeeded || e.ResultUrl is not null ? StageStates.Done : StageStates.Failed, e.ElapsedMs),
    };

    private static StageStatus[] Enter(IReadOnlyList<StageStatus> stages, string name, long elapsedMs) =>
        [.. stages.Select(stage => stage switch
        {
            { State: StageStates.Running } => stage with { State = StageStates.Done, Ms = elapsedMs - stage.StartedMs },
            _ when stage.Name == name => stage with { State = StageStates.Running, Ms = null, StartedMs = elapsedMs },
            _ => stage,
        })];

    private static StageStatus[] Leave(IReadOnlyList<StageStatus> stages, string state, long elapsedMs) =>
        [.. stages.Select(stage => stage.State == StageStates.Running
            ? stage with { State = state, Ms = elapsedMs - stage.StartedMs }
            : stage)];

    private static PartialCounts Count(PartialCounts counts, PartialEvent e) => new(
        counts.Ok + (e.Ok ? 1 : 0) - (e.Replaces == PieceStates.Ok ? 1 : 0),
        counts.Failed + (e.Ok ? 0 : 1) - (e.Replaces == PieceStates.Failed ? 1 : 0),
        e.Total ?? counts.Total);
}
