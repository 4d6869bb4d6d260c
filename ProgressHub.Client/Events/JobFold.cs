using ProgressHub.Client.Jobs;

namespace ProgressHub.Client.Events;

/// <summary>The state after the next event: a pure fold, the same as the server's.</summary>
public static class JobFold
{
    /// <summary>Applies an event. One that is part of the snapshot already changes nothing.</summary>
    public static JobSnapshot Apply(JobSnapshot snapshot, JobEvent next)
    {
        if (next.Seq <= snapshot.Seq)
            return snapshot;
        var placed = snapshot with
        {
            Seq = next.Seq, ElapsedMs = next.ElapsedMs, Attempt = next.Attempt, Report = next.Report ?? snapshot.Report,
        };
        if (next is not ProgressEvent && next.Progress is { } before)
            placed = Further(placed, before);
        return next switch
        {
            QueuedEvent queued => Queued(placed, queued),
            StartedEvent started => Started(placed, started),
            StageEvent stage => Entered(placed, stage),
            ProgressEvent progress => Further(placed, progress.Progress),
            PartialEvent partial => placed with { Partials = Counted(placed.Partials, partial) },
            UsageEvent usage => placed with { Usage = usage.Usage },
            InputRequiredEvent asked => placed with
            {
                State = JobState.WaitingForInput,
                PendingInput = new PendingInput(asked.RequestId, asked.Question, asked.Options, asked.Deadline),
            },
            InputReceivedEvent => placed with
            {
                PendingInput = null, State = placed.State == JobState.WaitingForInput ? JobState.Running : placed.State,
            },
            RetryingEvent retrying => placed with
            {
                State = JobState.Queued, Message = retrying.Reason, Eta = null, PendingInput = null, StageFraction = null,
                Stalled = null, Stages = Left(placed.Stages, StageState.Failed, next.ElapsedMs),
            },
            CancelingEvent => placed with { State = JobState.Canceling, PendingInput = null, Eta = null },
            TagsEvent tagged => placed with { Tags = tagged.Tags },
            DoneEvent done => Done(placed, done),
            _ => placed,
        };
    }

    private static JobSnapshot Queued(JobSnapshot placed, QueuedEvent queued) => placed with
    {
        Kind = queued.Kind, Title = queued.Title, Tags = queued.Tags ?? [], RetryOf = queued.RetryOf,
        State = JobState.Queued, QueuePosition = queued.Position,
        CreatedAt = placed.Seq == 1 ? queued.At : placed.CreatedAt,
    };

    private static JobSnapshot Started(JobSnapshot placed, StartedEvent started) => placed with
    {
        // Somebody may have asked for the end before the attempt got this far.
        State = placed.State == JobState.Canceling ? JobState.Canceling : JobState.Running,
        QueuePosition = null, StartedAt = placed.StartedAt ?? started.At, Engine = started.Engine ?? placed.Engine,
        Stage = null, Fraction = 0, StageFraction = null, Current = null, Total = null, Unit = null, Message = null,
        Estimated = false, Stalled = null, Eta = null,
        Stages = [.. started.Stages.Select(s => new StageStatus(s.Name, s.Label, s.Weight, StageState.Pending))],
    };

    private static JobSnapshot Entered(JobSnapshot placed, StageEvent entered) => placed with
    {
        Stage = entered.Stage, Message = entered.Label, StageFraction = null, Current = null, Total = null, Unit = null,
        Estimated = false, Eta = null,
        Stages = [.. placed.Stages.Select(s =>
            s.State == StageState.Running ? Ended(s, StageState.Done, entered.ElapsedMs)
            : s.Name == entered.Stage ? s with { State = StageState.Running, StartedMs = entered.ElapsedMs, Ms = null }
            : s)],
    };

    private static JobSnapshot Further(JobSnapshot placed, ReportedProgress progress) => placed with
    {
        Stage = progress.Stage ?? placed.Stage, Fraction = progress.Fraction ?? placed.Fraction,
        StageFraction = progress.StageFraction, Current = progress.Current, Total = progress.Total, Unit = progress.Unit,
        Message = progress.Message ?? placed.Message, Estimated = progress.Estimated, Stalled = progress.Stalled,
        Eta = progress.Eta,
    };

    private static JobSnapshot Done(JobSnapshot placed, DoneEvent done)
    {
        var succeeded = done.State == JobState.Succeeded;
        return placed with
        {
            State = done.State, Error = done.Error, ResultUrl = done.ResultUrl, Outcome = done.Outcome, FinishedAt = done.At,
            Fraction = succeeded ? 1 : placed.Fraction, StageFraction = succeeded ? 1 : placed.StageFraction,
            QueuePosition = null, PendingInput = null, Stalled = null, Eta = null,
            Stages = Left(
                placed.Stages, succeeded || done.ResultUrl is not null ? StageState.Done : StageState.Failed, done.ElapsedMs),
        };
    }

    private static IReadOnlyList<StageStatus> Left(IReadOnlyList<StageStatus> stages, StageState state, long elapsedMs) =>
        [.. stages.Select(s => s.State == StageState.Running ? Ended(s, state, elapsedMs) : s)];

    private static StageStatus Ended(StageStatus stage, StageState state, long elapsedMs) =>
        stage with { State = state, Ms = elapsedMs - stage.StartedMs };

    /// <summary>A later piece replaces the one of the same index, and says what that one was.</summary>
    private static PartialCounts Counted(PartialCounts counts, PartialEvent partial) => new(
        counts.Ok + (partial.Ok ? 1 : 0) - (partial.Replaces == "ok" ? 1 : 0),
        counts.Failed + (partial.Ok ? 0 : 1) - (partial.Replaces == "failed" ? 1 : 0),
        partial.Total ?? counts.Total);
}
