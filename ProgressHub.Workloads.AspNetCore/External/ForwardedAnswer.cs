using System.Text.Json;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.External;

namespace ProgressHub.Workloads.AspNetCore.External;

/// <summary>What the node that runs a job answers to a report that another node has forwarded.</summary>
/// <param name="Answer">The answer of the attempt; null where it took an end, or refused.</param>
/// <param name="Refusal">The code of the refusal; null where there is none.</param>
/// <param name="Message">The refusal for a person.</param>
/// <param name="Property">What of the report is at fault.</param>
internal sealed record ForwardedAnswer(ExternalAnswer? Answer, string? Refusal = null, string? Message = null, string? Property = null)
{
    /// <summary>That of an attempt that does not take the report.</summary>
    public static ForwardedAnswer Of(WorkloadException refusal) => new(null, refusal.Code, refusal.Message, refusal.Property);

    /// <summary>Reads one.</summary>
    /// <exception cref="WorkloadException">It is a refusal.</exception>
    public static ExternalAnswer? Read(byte[] json)
    {
        var read = JsonSerializer.Deserialize(json, ForwardedJson.Default.ForwardedAnswer)!;
        return read.Refusal is { } code ? throw new WorkloadException(code, read.Message!) { Property = read.Property } : read.Answer;
    }

    /// <summary>As bytes.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, ForwardedJson.Default.ForwardedAnswer);
}
