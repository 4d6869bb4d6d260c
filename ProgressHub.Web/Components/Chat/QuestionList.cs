using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Chat;

/// <summary>The last questions of a session, oldest first, kept up to date by the events of its owner.</summary>
/// <param name="tag">The tag of its questions.</param>
/// <param name="limit">At most this many; what does not fit falls off at the front.</param>
internal sealed class QuestionList(string tag, int limit)
{
    /// <summary>What its questions are.</summary>
    public const string Kind = "analysis";

    private readonly List<JobId> _jobs = [];

    /// <summary>The jobs, in the order they were asked in.</summary>
    public IReadOnlyList<JobId> Jobs => _jobs;

    /// <summary>Whether there are earlier ones.</summary>
    public bool HasEarlier { get; private set; }

    /// <summary>What a screen reader should say: the last question that ended.</summary>
    public string? Announcement { get; private set; }

    /// <summary>Starts over with the end of the list, newest first, as the store gives it.</summary>
    public void Reset(ListPage<JobSnapshot> page)
    {
        _jobs.Clear();
        _jobs.AddRange(page.Items.Select(job => job.JobId).Reverse());
        HasEarlier = page.Next is not null;
    }

    /// <summary>Takes in an event.</summary>
    /// <returns>Whether the list changed, and whether one of its questions has ended.</returns>
    public (bool Changed, bool Ended) Apply(EventFrame frame)
    {
        if (_jobs.Contains(frame.JobId))
        {
            if (!frame.IsDone)
                return (false, false);
            Announcement = Ending(frame);
            return (true, true);
        }

        if (frame.Type != "queued" || frame.Decode() is not QueuedEvent { Kind: Kind } queued || queued.Tags?.Contains(tag) != true)
            return (false, false);
        _jobs.Add(frame.JobId);
        if (_jobs.Count > limit)
        {
            _jobs.RemoveAt(0);
            HasEarlier = true;
        }

        return (true, false);
    }

    private static string? Ending(EventFrame frame) => frame.Decode() is DoneEvent done ? (done.State, done.Error) switch
    {
        (JobState.Succeeded, _) => UiText.Of("The answer is there."),
        (JobState.Canceled, _) => UiText.Of("The question was canceled."),
        (_, var error) => UiText.Of("The question could not be answered. {0}", error is null ? null : RefusalTexts.Of(error)),
    } : null;
}
