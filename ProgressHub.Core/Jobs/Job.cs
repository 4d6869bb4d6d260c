namespace ProgressHub.Core.Jobs;

/// <summary>
/// One submitted piece of work as the store keeps it. What watchers see of it is its snapshot, a fold over its events;
/// this is the part that scheduling and ownership need. Every change goes through a transition that knows what it may
/// follow.
/// </summary>
internal sealed record Job
{
    /// <summary>Its identity.</summary>
    public required JobId Id { get; init; }

    /// <summary>The workload that does it, such as <c>translation</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What a person calls it; one line of text.</summary>
    public required string Title { get; init; }

    /// <summary>Words to find it by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Who submitted it; only they may see it.</summary>
    public required string Owner { get; init; }

    /// <summary>Where it stands.</summary>
    public JobState State { get; init; }

    /// <summary>How many attempts have begun; the fencing token of every write an attempt makes.</summary>
    public int Attempt { get; init; }

    /// <summary>The node that claimed it last; null before the first attempt.</summary>
    public string? Node { get; init; }

    /// <summary>How many attempts in a row failed or were interrupted without finishing any item.</summary>
    public int AttemptsWithoutProgress { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its first attempt began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Not to be claimed before this moment (the delay before a retry).</summary>
    public DateTimeOffset? RunAfter { get; init; }

    /// <summary>Whether somebody asked it to stop. Kept, so that a crash does not forget it.</summary>
    public bool CancelRequested { get; init; }

    /// <summary>The finished job whose work this one takes up again.</summary>
    public JobId? RetryOf { get; init; }

    /// <summary>Whether the pieces that job finished well are taken over, so that only its failed ones are done.</summary>
    public bool ReusePartials { get; init; }

    /// <summary>What the writes of its present attempt are checked against.</summary>
    public AttemptFence Fence => new(Id, Attempt, Node);

    /// <summary>Begins an attempt.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="node">Who runs it.</param>
    public Job Start(DateTimeOffset now, string? node = null) => From(JobState.Running, JobState.Queued) with
    {
        Attempt = Attempt + 1,
        Node = node,
        StartedAt = StartedAt ?? now,
        RunAfter = null,
    };

    /// <summary>Stops for an answer.</summary>
    public Job WaitForInput() => From(JobState.WaitingForInput, JobState.Running);

    /// <summary>Goes on after an answer.</summary>
    public Job Resume() => From(JobState.Running, JobState.WaitingForInput);

    /// <summary>Notes that somebody wants it stopped.</summary>
    public Job RequestCancel() =>
        From(JobState.Canceling, JobState.Running, JobState.WaitingForInput) with { CancelRequested = true };

    /// <summary>Gives it other tags.</summary>
    public Job Retag(IReadOnlyList<string> tags) =>
        State.IsFinal() ? throw new InvalidJobTransitionException(Id, State, State) : this with { Tags = tags };

    /// <summary>Puts it back in the queue for another attempt, not before <paramref name="runAfter"/>.</summary>
    /// <param name="runAfter">The earliest moment of the next attempt; null for at once.</param>
    /// <param name="madeProgress">Whether the attempt that ended finished at least one item.</param>
    public Job Requeue(DateTimeOffset? runAfter, bool madeProgress) =>
        From(JobState.Queued, JobState.Running, JobState.WaitingForInput, JobState.Canceling) with
        {
            RunAfter = runAfter,
            AttemptsWithoutProgress = madeProgress ? 0 : AttemptsWithoutProgress + 1,
        };

    /// <summary>Ends it.</summary>
    /// <param name="state">A final state. A job that never ran can't succeed.</param>
    /// <param name="now">The moment of the end.</param>
    public Job Finish(JobState state, DateTimeOffset now)
    {
        if (!state.IsFinal() || State.IsFinal() || (state == JobState.Succeeded && State == JobState.Queued))
            throw new InvalidJobTransitionException(Id, State, state);
        return this with { State = state, FinishedAt = now };
    }

    private Job From(JobState to, params ReadOnlySpan<JobState> allowed) =>
        allowed.Contains(State) ? this with { State = to } : throw new InvalidJobTransitionException(Id, State, to);
}
