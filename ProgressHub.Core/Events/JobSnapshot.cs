using System.Text.Json.Serialization;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Events;

/// <summary>
/// The state of a job as of a <see cref="Seq"/>: a pure fold over its events. Its place in the queue, of which no event
/// tells, is that of the moment it was asked for; what one transport adds is that transport's.
/// </summary>
public sealed record JobSnapshot
{
    /// <summary>The job.</summary>
    public required JobId JobId { get; init; }

    /// <summary>The workload.</summary>
    public string Kind { get; init; } = "";

    /// <summary>What a person calls it.</summary>
    public string Title { get; init; } = "";

    /// <summary>Words to find it by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Where it stands.</summary>
    public JobState State { get; init; }

    /// <summary>The number of the last event in it; 0 before the first. The cursor to go on from.</summary>
    public long Seq { get; init; }

    /// <summary>The attempt; 0 before the first.</summary>
    public int Attempt { get; init; }

    /// <summary>The stage under way, or the last that was.</summary>
    public string? Stage { get; init; }

    /// <summary>Overall, 0..1; 1 exactly when it has succeeded.</summary>
    public double Fraction { get; init; }

    /// <summary>Within the stage, 0..1; null where the total is unknown (indeterminate).</summary>
    public double? StageFraction { get; init; }

    /// <summary>How many units are done.</summary>
    public double? Current { get; init; }

    /// <summary>How many units there are.</summary>
    public double? Total { get; init; }

    /// <summary>What is counted.</summary>
    public string? Unit { get; init; }

    /// <summary>What is being done, for a person.</summary>
    public string? Message { get; init; }

    /// <summary>Whether the fraction is a guess from elapsed time.</summary>
    public bool Estimated { get; init; }

    /// <summary>Whether whoever does the work has not been heard of for too long; missing where that is not so.</summary>
    public bool? Stalled { get; init; }

    /// <summary>The last number of the reporting program's updates that is applied (external jobs).</summary>
    public long? Report { get; init; }

    /// <summary>How long it will still take.</summary>
    public Eta? Eta { get; init; }

    /// <summary>The stages of the attempt.</summary>
    public IReadOnlyList<StageStatus> Stages { get; init; } = [];

    /// <summary>How many pieces of the result there are.</summary>
    public PartialCounts Partials { get; init; } = new(0, 0, null);

    /// <summary>What it has used of models so far; missing where it called none.</summary>
    public JobUsage? Usage { get; init; }

    /// <summary>The question it waits for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public PendingInput? PendingInput { get; init; }

    /// <summary>How many jobs stand before it in the queue.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? QueuePosition { get; init; }

    /// <summary>What does the work.</summary>
    public string? Engine { get; init; }

    /// <summary>What went wrong.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public JobError? Error { get; init; }

    /// <summary>Where the result is.</summary>
    public string? ResultUrl { get; init; }

    /// <summary>What came of it where it succeeded, one of <see cref="JobOutcomes"/>; missing where that is simply its result.</summary>
    public string? Outcome { get; init; }

    /// <summary>The finished job whose work this one takes up again.</summary>
    public JobId? RetryOf { get; init; }

    /// <summary>When it was accepted.</summary>
    [JsonConverter(typeof(UtcMillisecondsConverter))]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its first attempt began.</summary>
    [JsonConverter(typeof(UtcMillisecondsConverter)), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    [JsonConverter(typeof(UtcMillisecondsConverter)), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Milliseconds since its first attempt began, until the last event (or, when it is sent, until now).</summary>
    public long ElapsedMs { get; init; }

    /// <summary>Whether nothing more will happen.</summary>
    [JsonIgnore]
    public bool IsFinal => State.IsFinal();

    /// <summary>The state before the first event.</summary>
    public static JobSnapshot Empty(JobId id, DateTimeOffset createdAt) => new() { JobId = id, CreatedAt = createdAt };

    /// <summary>The state after the next event. Pure: the same events give the same state, wherever they are folded.</summary>
    public JobSnapshot Apply(JobEvent next) => SnapshotFold.Apply(this, next);
}

/// <summary>A stage and how far it is.</summary>
/// <param name="Name">A short identifier.</param>
/// <param name="Label">What a person reads.</param>
/// <param name="Weight">Its share of the whole, 0..1.</param>
/// <param name="State"><c>pending</c>, <c>running</c>, <c>done</c> or <c>failed</c>.</param>
/// <param name="Ms">How long it took, or has taken so far, in milliseconds.</param>
/// <param name="StartedMs">When it began, in milliseconds of the job's elapsed time.</param>
public sealed record StageStatus(
    string Name, string Label, double Weight, string State, long? Ms = null, long? StartedMs = null);

/// <summary>How many pieces of the result there are.</summary>
/// <param name="Ok">Finished well, each counted once.</param>
/// <param name="Failed">Failed and not (yet) replaced.</param>
/// <param name="Total">Expected, where known.</param>
public sealed record PartialCounts(int Ok, int Failed, int? Total);

/// <summary>A question that waits for an answer.</summary>
/// <param name="RequestId">Names the question in the answer.</param>
/// <param name="Question">What is asked.</param>
/// <param name="Options">What may be answered; null where any text may.</param>
/// <param name="Deadline">When the job stops waiting.</param>
public sealed record PendingInput(
    string RequestId, string Question, IReadOnlyList<string>? Options,
    [property: JsonConverter(typeof(UtcMillisecondsConverter))] DateTimeOffset Deadline);
