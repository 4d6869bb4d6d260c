using System.Text.Json;
using System.Text.Json.Nodes;
using ProgressHub.Client.Jobs;

namespace ProgressHub.Client.Reporting;

/// <summary>An update as it is sent.</summary>
internal sealed record WireUpdate
{
    public long? Number { get; init; }

    public string? Stage { get; init; }

    public double? Fraction { get; init; }

    public double? Current { get; init; }

    public double? Total { get; init; }

    public string? Unit { get; init; }

    public string? Message { get; init; }

    public WireLine? Log { get; init; }

    public WirePartial? Partial { get; init; }

    public bool? Heartbeat { get; init; }

    /// <summary>Whether a later one of the kind makes it worthless.</summary>
    internal bool IsProgress => Stage is null && Log is null && Partial is null && Heartbeat is null;

    /// <summary>About how many bytes it takes.</summary>
    internal int Size => 200 + 2 * ((Message?.Length ?? 0) + (Log?.Message.Length ?? 0)
        + (Partial?.Text?.Length ?? 0) + (Partial?.Data?.GetRawText().Length ?? 0));
}

internal sealed record WireLine(JobLogLevel Level, string Message, int? Step, int? TotalSteps);

internal sealed record WirePartial(int Index, int? Total, string? Text, JsonElement? Data, string? Error);

internal sealed record WireInput(IReadOnlyList<ReportStage>? Stages, double HeartbeatSeconds, double? FailAfterSeconds);

internal sealed record WireComplete(WireResult? Result);

internal sealed record WireResult(string? Text, JsonNode? Json, string? FileName);

internal sealed record WireFailure(string Code, string Message);

/// <summary>What a program hears once what it reported is on disk.</summary>
internal sealed record ReportAnswer(long Seq, long? Number, bool CancelRequested, JobState State);

/// <summary>What it takes to report for a job. Keep it as a secret.</summary>
/// <param name="JobId">The job.</param>
/// <param name="WriteToken">Good for that job alone.</param>
public sealed record JobTicket(string JobId, string WriteToken);

/// <summary>A piece of the result: <see cref="Text"/> or <see cref="Data"/>, or the <see cref="Error"/> for which there is none.</summary>
/// <param name="Index">Which piece, from 0; a later one of an index replaces the earlier.</param>
/// <param name="Total">Of how many.</param>
public sealed record JobPartial(int Index, int? Total = null)
{
    /// <summary>The piece, where it is text.</summary>
    public string? Text { get; init; }

    /// <summary>The piece, where it is anything else.</summary>
    public JsonElement? Data { get; init; }

    /// <summary>Why there is none.</summary>
    public string? Error { get; init; }
}

/// <summary>A result to download: <see cref="Text"/> or <see cref="Json"/>.</summary>
/// <param name="FileName">What to save it as.</param>
public sealed record ReportedResult(string? FileName = null)
{
    /// <summary>The result, where it is text.</summary>
    public string? Text { get; init; }

    /// <summary>The result, where it is JSON.</summary>
    public JsonNode? Json { get; init; }
}
