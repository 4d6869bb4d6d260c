using ProgressHub.Core.Events;

namespace ProgressHub.Core.Progress;

/// <summary>What belongs together in the log: a stage, then progress, then other events.</summary>
/// <param name="Report">The number of the update it comes from.</param>
/// <param name="Stage">The stage that begins, or that goes on.</param>
/// <param name="Progress">How far the stage is.</param>
/// <param name="Events">What else happened.</param>
internal readonly record struct ProgressGroup(
    long? Report, string? Stage, ProgressUpdate? Progress, IReadOnlyList<JobEvent> Events);
