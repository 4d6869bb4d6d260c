namespace ProgressHub.Core.Jobs;

/// <summary>No job begins, or none of a kind; those that run go on.</summary>
/// <param name="Kind">Which jobs; null for all.</param>
/// <param name="By">What the account is called that paused them; null where nobody signs in.</param>
/// <param name="At">Since when.</param>
public sealed record QueuePause(string? Kind, string? By, DateTimeOffset At)
{
    /// <summary>Whether jobs of a kind wait for its end.</summary>
    public bool Holds(string kind) => Kind is null || Kind == kind;
}
