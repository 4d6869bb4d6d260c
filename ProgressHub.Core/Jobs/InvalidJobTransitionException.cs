namespace ProgressHub.Core.Jobs;

/// <summary>Thrown where a job is asked to go from a state to one that can't follow it.</summary>
internal sealed class InvalidJobTransitionException(JobId id, JobState from, JobState to)
    : InvalidOperationException($"Job {id} is {from.Name()} and can't become {to.Name()}.")
{
    /// <summary>The state it is in.</summary>
    public JobState From { get; } = from;

    /// <summary>The state it was asked to take.</summary>
    public JobState To { get; } = to;
}
