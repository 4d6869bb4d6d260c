namespace ProgressHub.Core.Jobs;

/// <summary>How long a stage once took.</summary>
/// <param name="Kind">The workload, such as <c>translation</c>.</param>
/// <param name="Engine">What did the work; empty where the workload names none.</param>
/// <param name="Stage">The stage's name.</param>
/// <param name="Size">
/// How much there was to do, in the workload's own unit (characters, seconds of audio); null where it says nothing.
/// </param>
/// <param name="Ms">How long it took, in milliseconds, without the time it waited for an answer.</param>
/// <param name="At">When it ended.</param>
internal sealed record StageRun(string Kind, string Engine, string Stage, double? Size, double Ms, DateTimeOffset At)
{
    /// <summary>
    /// How its work was spread over its time, as the estimates write it; null where it counted nothing, or not all of its work
    /// was done in this run.
    /// </summary>
    public string? Profile { get; init; }
}
