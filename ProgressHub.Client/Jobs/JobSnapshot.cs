namespace ProgressHub.Client.Jobs;

/// <summary>The state of a job as of <see cref="Seq"/>.</summary>
/// <remarks>What is read from the wire sets each member, to null where it was missing: so the getters have the defaults.</remarks>
public sealed record JobSnapshot
{
    /// <summary>32 hex digits.</summary>
    public required string JobId { get; init; }

    /// <summary>The workload, such as <c>translation</c>.</summary>
    public string Kind { get => field ?? ""; init; }

    /// <summary>What people call it.</summary>
    public string Title { get => field ?? ""; init; }

    /// <summary>What it can be found by.</summary>
    public IReadOnlyList<string> Tags { get => field ?? []; init; }

    /// <summary>Where it stands.</summary>
    public JobState State { get; init; } = JobState.Queued;

    /// <summary>The last event in it: the cursor to resume from. 0 before the first.</summary>
    public long Seq { get; init; }

    /// <summary>Which execution this is, from 1; 0 before the first.</summary>
    public int Attempt { get; init; }

    /// <summary>The stage that runs.</summary>
    public string? Stage { get; init; }

    /// <summary>Of the whole job, 0..1; 1 once it has succeeded.</summary>
    public double Fraction { get; init; }

    /// <summary>Of the stage, 0..1; null where the total is unknown.</summary>
    public double? StageFraction { get; init; }

    /// <summary>How many units are done.</summary>
    public double? Current { get; init; }

    /// <summary>Of how many.</summary>
    public double? Total { get; init; }

    /// <summary>What is counted.</summary>
    public string? Unit { get; init; }

    /// <summary>What is being done, for a person.</summary>
    public string? Message { get; init; }

    /// <summary>Whether the fraction is a guess from elapsed time.</summary>
    public bool Estimated { get; init; }

    /// <summary>Whether whoever does the work has not been heard of for too long.</summary>
    public bool? Stalled { get; init; }

    /// <summary>The last number of a reporting program's updates that is applied.</summary>
    public long? Report { get; init; }

    /// <summary>How long the rest will take, where that can be told.</summary>
    public Eta? Eta { get; init; }

    /// <summary>The stages of the attempt.</summary>
    public IReadOnlyList<StageStatus> Stages { get => field ?? []; init; }

    /// <summary>How many partials there are.</summary>
    public PartialCounts Partials { get => field ?? new(0, 0); init; }

    /// <summary>What it has used of models so far, in all its attempts; null where it called none.</summary>
    public JobUsage? Usage { get; init; }

    /// <summary>The question it waits with.</summary>
    public PendingInput? PendingInput { get; init; }

    /// <summary>Its place in the queue, from 1.</summary>
    public int? QueuePosition { get; init; }

    /// <summary>What does the work, such as <c>apertium</c>.</summary>
    public string? Engine { get; init; }

    /// <summary>Why it failed.</summary>
    public JobError? Error { get; init; }

    /// <summary>Where its result is, from the server's address; null where there is none.</summary>
    public string? ResultUrl { get; init; }

    /// <summary>
    /// What came of it where it succeeded, such as <c>noAnswer</c>: it was asked something and found nothing to answer with.
    /// Null where that is simply its result.
    /// </summary>
    public string? Outcome { get; init; }

    /// <summary>The job that this one retries.</summary>
    public string? RetryOf { get; init; }

    /// <summary>When it was accepted.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When its first attempt began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Milliseconds since the first attempt began.</summary>
    public long ElapsedMs { get; init; }

    /// <summary>Whether nothing more can happen to it.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsFinal => State is JobState.Succeeded or JobState.Failed or JobState.Canceled;
}
