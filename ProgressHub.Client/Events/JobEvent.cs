using System.Text.Json;
using System.Text.Json.Serialization;
using ProgressHub.Client.Jobs;

namespace ProgressHub.Client.Events;

/// <summary>One numbered fact about a job. An event of a type that this version does not know is of this class itself.</summary>
public record JobEvent
{
    /// <summary>The job.</summary>
    public required string JobId { get; init; }

    /// <summary>Its number, from 1: the cursor to resume from.</summary>
    public long Seq { get; init; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Its type on the wire.</summary>
    public string Type { get => field ?? ""; init; }

    /// <summary>Which execution of the job it belongs to.</summary>
    public int Attempt { get; init; }

    /// <summary>Milliseconds since the first attempt began.</summary>
    public long ElapsedMs { get; init; }

    /// <summary>The last number of a reporting program's updates that is applied.</summary>
    public long? Report { get; init; }

    /// <summary>What was reported before it and stands in no <see cref="ProgressEvent"/> of its own.</summary>
    public ReportedProgress? Progress { get; init; }
}

/// <summary>How far a job is.</summary>
public sealed record ReportedProgress
{
    /// <summary>The stage.</summary>
    public string? Stage { get; init; }

    /// <summary>Of the whole job, 0..1.</summary>
    public double? Fraction { get; init; }

    /// <summary>Of the stage, 0..1.</summary>
    public double? StageFraction { get; init; }

    /// <summary>How many units are done.</summary>
    public double? Current { get; init; }

    /// <summary>Of how many.</summary>
    public double? Total { get; init; }

    /// <summary>What is counted.</summary>
    public string? Unit { get; init; }

    /// <summary>What is being done.</summary>
    public string? Message { get; init; }

    /// <summary>Whether the fraction is a guess from time.</summary>
    public bool Estimated { get; init; }

    /// <summary>Whether the program that does the work is silent.</summary>
    public bool? Stalled { get; init; }

    /// <summary>How long the rest will take.</summary>
    public Eta? Eta { get; init; }
}

/// <summary>The job was accepted, or waits again.</summary>
public sealed record QueuedEvent : JobEvent
{
    /// <summary>The workload.</summary>
    public string Kind { get => field ?? ""; init; }

    /// <summary>What people call it.</summary>
    public string Title { get => field ?? ""; init; }

    /// <summary>What it can be found by.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Its place in the queue.</summary>
    public int? Position { get; init; }

    /// <summary>The job that it retries.</summary>
    public string? RetryOf { get; init; }

    /// <summary>The span that submitted it (W3C Trace Context), where it was recorded; its attempts are in the same trace.</summary>
    [JsonPropertyName("traceparent")]
    public string? TraceParent { get; init; }
}

/// <summary>An attempt began.</summary>
public sealed record StartedEvent : JobEvent
{
    /// <summary>Its stages.</summary>
    public IReadOnlyList<StageDeclaration> Stages { get => field ?? []; init; }

    /// <summary>What does the work.</summary>
    public string? Engine { get; init; }
}

/// <summary>A stage of the plan.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Label">What a person reads.</param>
/// <param name="Weight">Its share of the whole.</param>
public sealed record StageDeclaration(string Name, string Label, double Weight);

/// <summary>A stage began.</summary>
public sealed record StageEvent : JobEvent
{
    /// <summary>Its name.</summary>
    public string Stage { get => field ?? ""; init; }

    /// <summary>What a person reads.</summary>
    public string Label { get => field ?? ""; init; }

    /// <summary>Which it is, from 1.</summary>
    public int Index { get; init; }

    /// <summary>Of how many.</summary>
    public int Count { get; init; }

    /// <summary>How long such a stage takes, in milliseconds.</summary>
    public long? ExpectedMs { get; init; }
}

/// <summary>The job is further.</summary>
public sealed record ProgressEvent : JobEvent
{
    /// <summary>How far it is.</summary>
    public new ReportedProgress Progress { get => field ?? new(); init; }
}

/// <summary>A line of the log.</summary>
public sealed record LogEvent : JobEvent
{
    /// <summary>How it is meant.</summary>
    public JobLogLevel Level { get; init; }

    /// <summary>The line.</summary>
    public string Message { get => field ?? ""; init; }

    /// <summary>The step it belongs to.</summary>
    public int? Step { get; init; }

    /// <summary>Of how many.</summary>
    public int? TotalSteps { get; init; }

    /// <summary>How long that took, in milliseconds.</summary>
    public long? DurationMs { get; init; }
}

/// <summary>A piece of the result.</summary>
public sealed record PartialEvent : JobEvent
{
    /// <summary>Which piece, from 0. One with an index that was there replaces the earlier.</summary>
    public int Index { get; init; }

    /// <summary>Of how many.</summary>
    public int? Total { get; init; }

    /// <summary>Whether it went well.</summary>
    public bool Ok { get; init; }

    /// <summary>The piece, where it is text.</summary>
    public string? Text { get; init; }

    /// <summary>The piece, where it is anything else.</summary>
    public JsonElement? Data { get; init; }

    /// <summary>Why there is none.</summary>
    public string? Error { get; init; }

    /// <summary>What the earlier one of this index was: <c>ok</c> or <c>failed</c>.</summary>
    public string? Replaces { get; init; }
}

/// <summary>What the job has used of models so far, in all its attempts; a later one replaces it.</summary>
public sealed record UsageEvent : JobEvent
{
    /// <summary>The total.</summary>
    public JobUsage Usage { get => field ?? JobUsage.None; init; }
}

/// <summary>The job asks a question and waits.</summary>
public sealed record InputRequiredEvent : JobEvent
{
    /// <summary>Names it in the answer.</summary>
    public string RequestId { get => field ?? ""; init; }

    /// <summary>The question.</summary>
    public string Question { get => field ?? ""; init; }

    /// <summary>The answers to choose from.</summary>
    public IReadOnlyList<string>? Options { get; init; }

    /// <summary>Until when it waits.</summary>
    public DateTimeOffset Deadline { get; init; }
}

/// <summary>The question was answered.</summary>
public sealed record InputReceivedEvent : JobEvent
{
    /// <summary>The question.</summary>
    public string RequestId { get => field ?? ""; init; }

    /// <summary>The answer.</summary>
    public string? Answer { get; init; }
}

/// <summary>An attempt failed and another will follow.</summary>
public sealed record RetryingEvent : JobEvent
{
    /// <summary>Why.</summary>
    public string Reason { get => field ?? ""; init; }

    /// <summary>After how long, in milliseconds.</summary>
    public long DelayMs { get; init; }
}

/// <summary>Somebody asked for the end.</summary>
public sealed record CancelingEvent : JobEvent;

/// <summary>Somebody gave the job tags, or took some from it.</summary>
public sealed record TagsEvent : JobEvent
{
    /// <summary>All it has now.</summary>
    public IReadOnlyList<string> Tags { get => field ?? []; init; }
}

/// <summary>The job has ended; no event follows.</summary>
public sealed record DoneEvent : JobEvent
{
    /// <summary>How.</summary>
    public JobState State { get; init; }

    /// <summary>Why it failed.</summary>
    public JobError? Error { get; init; }

    /// <summary>Where its result is.</summary>
    public string? ResultUrl { get; init; }

    /// <summary>
    /// What came of it where it succeeded, such as <c>noAnswer</c>; null where that is simply its result.
    /// </summary>
    public string? Outcome { get; init; }

    /// <summary>How long it took, and what it used.</summary>
    public JobSummary Summary { get => field ?? new(0, []); init; }
}
