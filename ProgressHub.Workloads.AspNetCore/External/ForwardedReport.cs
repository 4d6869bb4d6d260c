using System.Text.Json;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.External;

namespace ProgressHub.Workloads.AspNetCore.External;

/// <summary>What a program has reported at one node, on its way to the node that runs the job.</summary>
/// <param name="Updates">The updates, in order.</param>
/// <param name="End">Whether it ends the job, and how; null where it does not.</param>
/// <param name="Result">The result it ends with.</param>
/// <param name="Code">What it has failed with.</param>
/// <param name="Message">The same for a person.</param>
internal sealed record ForwardedReport(
    IReadOnlyList<WorkloadUpdate> Updates, JobState? End = null, ResultDocument? Result = null, string? Code = null, string? Message = null)
{
    /// <summary>A report that ends the job.</summary>
    public static ForwardedReport Of(ExternalEnd end) => end switch
    {
        ExternalEnd.Completed completed => new([], JobState.Succeeded, completed.Result),
        ExternalEnd.Failed failed => new([], JobState.Failed, Code: failed.Code, Message: failed.Message),
        _ => throw new ArgumentException($"An end that is none of the two: {end.GetType().Name}.", nameof(end)),
    };

    /// <summary>Reads one.</summary>
    public static ForwardedReport Read(byte[] json) => JsonSerializer.Deserialize(json, ForwardedJson.Default.ForwardedReport)!;

    /// <summary>How the job ends; null where it does not.</summary>
    public ExternalEnd? ToEnd() => End switch
    {
        null => null,
        JobState.Succeeded => new ExternalEnd.Completed(Result),
        _ => new ExternalEnd.Failed(Code!, Message!),
    };

    /// <summary>As bytes.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, ForwardedJson.Default.ForwardedReport);
}
