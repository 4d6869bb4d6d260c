using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Watching;

/// <summary>What the page of one job shows: its state, and the last of its pieces, log lines and events.</summary>
internal sealed class JobView(JobSnapshot snapshot)
{
    public const int LogLines = 200;
    public const int Pieces = 100;
    public const int RawEvents = 100;

    public JobSnapshot Snapshot { get; private set; } = snapshot;

    public TailWindow<PartialEvent> Partials { get; } = new(Pieces, static e => e.Index);

    public TailWindow<LogEvent> Log { get; } = new(LogLines, static e => e.Seq);

    public TailWindow<JobEvent> Events { get; } = new(RawEvents, static e => e.Seq);

    /// <summary>What a screen reader should say: the last stage that began, or the end.</summary>
    public string? Announcement { get; private set; }

    /// <summary>Takes in the next event; one it has had already changes nothing.</summary>
    public void Apply(JobEvent next)
    {
        if (next.Seq <= Snapshot.Seq)
            return;

        Snapshot = Snapshot.Apply(next);
        Events.Add(next);
        switch (next)
        {
            case LogEvent line:
                Log.Add(line);
                break;
            case PartialEvent piece:
                // A page of pieces read from the store may have held a later version of it already.
                Partials.Add(piece, replaces: shown => shown.Seq < piece.Seq);
                break;
            case StageEvent stage:
                Announcement = UiText.Of("Stage {0} of {1}: {2}", stage.Index, stage.Count, UiText.Of(stage.Label));
                break;
            case DoneEvent done:
                Announcement = Ending(done);
                break;
        }
    }

    /// <summary>Takes in tags that were changed once the job had ended, of which no event tells.</summary>
    public void Retag(JobSnapshot tagged)
    {
        if (Snapshot.IsFinal && tagged.JobId == Snapshot.JobId)
            Snapshot = Snapshot with { Tags = tagged.Tags };
    }

    private string Ending(DoneEvent done) => done.State switch
    {
        _ when done.Outcome == JobOutcomes.NoAnswer => UiText.Of("{0} has ended: nothing was found to answer with.", Snapshot.Title),
        JobState.Succeeded => UiText.Of("{0} has succeeded.", Snapshot.Title),
        JobState.Canceled => UiText.Of("{0} was canceled.", Snapshot.Title),
        _ when Snapshot.Partials.Failed > 0 => UiText.Of("{0} has ended; {1} of its items failed.", Snapshot.Title, Snapshot.Partials.Failed),
        _ => UiText.Of("{0} has failed. {1}", Snapshot.Title, done.Error is { } error ? RefusalTexts.Of(error) : null),
    };
}
