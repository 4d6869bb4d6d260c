using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Mcp;

/// <summary>
/// The progress of a job as MCP has it: of 100, and above that of the notification before (its rule, "Progress"), though a
/// second attempt begins anew and a message may change where the number does not.
/// </summary>
internal sealed class ProgressSteps
{
    /// <summary>What 1 of a job's fraction is.</summary>
    public const double Total = 100;

    // What a change of the message alone is worth.
    private const double Nudge = 0.001;
    private const double Most = Total - Nudge;
    private double _last = -1;
    private string? _message;

    /// <summary>The next notification; null where there is nothing new to tell.</summary>
    public (double Progress, string Message)? Next(JobSnapshot job)
    {
        var message = _message is null ? $"Job {job.JobId}: {Words(job)}" : Words(job);
        var reached = job.State == JobState.Succeeded ? Total : Math.Min(Math.Round(job.Fraction * Total, 3), Most);
        if (reached <= _last)
        {
            if (message == _message || _last + Nudge > Most)
                return null;
            reached = Math.Round(_last + Nudge, 3);
        }

        (_last, _message) = (reached, message);
        return (reached, message);
    }

    /// <summary>Where a job stands, in a line.</summary>
    public static string Words(JobSnapshot job) => job switch
    {
        { State: JobState.Queued, QueuePosition: > 0 and var before } => $"Queued, {before} before it",
        { State: JobState.Queued } => "Queued",
        { State: JobState.Canceling } => "Stopping",
        { PendingInput: { } asked } => $"Asks: {asked.Question}",
        { IsFinal: true } => job.State.Name(),
        { Message: { Length: > 0 } message } => Stage(job) is { } stage && stage != message ? $"{stage}: {message}" : message,
        _ => Stage(job) ?? "Running",
    };

    private static string? Stage(JobSnapshot job) => job.Stages.FirstOrDefault(s => s.Name == job.Stage)?.Label;
}
