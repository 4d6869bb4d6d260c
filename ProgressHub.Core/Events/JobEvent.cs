using System.Text.Json;
using System.Text.Json.Serialization;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Events;

/// <summary>
/// One numbered fact about a job, in the one shape that goes over every wire: camelCase JSON. The family is closed; its
/// members are in this file. <see cref="EventWriter"/> fills in the five fields that place an event.
/// </summary>
public abstract record JobEvent
{
    private protected JobEvent(string type) => Type = type;

    /// <summary>The job it tells of.</summary>
    [JsonPropertyOrder(-6)]
    public JobId JobId { get; init; }

    /// <summary>Its number within the job: 1, 2, 3, … without a gap.</summary>
    [JsonPropertyOrder(-5)]
    public long Seq { get; init; }

    /// <summary>When it happened (UTC, to the millisecond).</summary>
    [JsonPropertyOrder(-4), JsonConverter(typeof(UtcMillisecondsConverter))]
    public DateTimeOffset At { get; init; }

    /// <summary>Its type on the wire, such as <c>progress</c>.</summary>
    [JsonPropertyOrder(-3)]
    public string Type { get; }

    /// <summary>The attempt it belongs to; 0 before the first.</summary>
    [JsonPropertyOrder(-2)]
    public int Attempt { get; init; }

    /// <summary>Milliseconds since the job's first attempt began; 0 before.</summary>
    [JsonPropertyOrder(-1)]
    public long ElapsedMs { get; init; }

    /// <summary>The reporting program's own number of the update it comes from (external jobs).</summary>
    public long? Report { get; init; }

    /// <summary>
    /// How far the work was when this happened, where no <c>progress</c> event before it says so: of those there is one an
    /// interval at most, and no event may be ahead of what was reported before it. Missing in a <c>progress</c> event itself.
    /// </summary>
    public ProgressState? Progress { get; init; }
}

/// <summary>The job was accepted, or its place in the queue changed.</summary>
/// <param name="Kind">The workload.</param>
/// <param name="Title">What a person calls the job.</param>
/// <param name="Position">How many jobs stand before it.</param>
/// <param name="Tags">Words to find it by.</param>
/// <param name="RetryOf">The finished job whose work this one takes up again.</param>
public sealed record QueuedEvent(
    string Kind, string Title, int? Position, IReadOnlyList<string>? Tags = null, JobId? RetryOf = null)
    : JobEvent(EventTypes.Queued)
{
    /// <summary>
    /// The span that submitted the job (W3C Trace Context, <c>traceparent</c>), where it was recorded: its attempts are in
    /// the same trace, however often the server starts in between.
    /// </summary>
    [JsonPropertyName("traceparent")]
    public string? TraceParent { get; init; }
}

/// <summary>An attempt began.</summary>
/// <param name="Stages">The stages it will go through.</param>
/// <param name="Engine">What does the work, such as <c>apertium</c>.</param>
public sealed record StartedEvent(IReadOnlyList<StageDeclaration> Stages, string? Engine = null) : JobEvent(EventTypes.Started);

/// <summary>A named part of an attempt.</summary>
/// <param name="Name">A short identifier.</param>
/// <param name="Label">What a person reads.</param>
/// <param name="Weight">Its share of the whole, 0..1; the weights of a job add up to 1.</param>
public sealed record StageDeclaration(string Name, string Label, double Weight);

/// <summary>A stage began; the one before it is finished.</summary>
/// <param name="Stage">Its name.</param>
/// <param name="Label">What a person reads.</param>
/// <param name="Index">Its place, from 1.</param>
/// <param name="Count">How many stages there are.</param>
public sealed record StageEvent(string Stage, string Label, int Index, int Count) : JobEvent(EventTypes.Stage)
{
    /// <summary>
    /// How long it takes as a rule, in milliseconds: what was learned from earlier jobs, else what the plan says; missing
    /// where neither does.
    /// </summary>
    public long? ExpectedMs { get; init; }
}

/// <summary>How far the work is. A later one supersedes it.</summary>
public sealed record ProgressEvent() : JobEvent(EventTypes.Progress)
{
    /// <inheritdoc cref="ProgressState.Stage"/>
    public string? Stage { get; init; }

    /// <inheritdoc cref="ProgressState.Fraction"/>
    public double? Fraction { get; init; }

    /// <inheritdoc cref="ProgressState.StageFraction"/>
    public double? StageFraction { get; init; }

    /// <inheritdoc cref="ProgressState.Current"/>
    public double? Current { get; init; }

    /// <inheritdoc cref="ProgressState.Total"/>
    public double? Total { get; init; }

    /// <inheritdoc cref="ProgressState.Unit"/>
    public string? Unit { get; init; }

    /// <inheritdoc cref="ProgressState.Message"/>
    public string? Message { get; init; }

    /// <inheritdoc cref="ProgressState.Estimated"/>
    public bool Estimated { get; init; }

    /// <inheritdoc cref="ProgressState.Stalled"/>
    public bool? Stalled { get; init; }

    /// <inheritdoc cref="ProgressState.Eta"/>
    public Eta? Eta { get; init; }
}

/// <summary>An estimate of the time that is left.</summary>
/// <param name="P50Ms">As likely more as less, in milliseconds.</param>
/// <param name="P90Ms">Nine times of ten no more than this, in milliseconds.</param>
/// <param name="Basis">One of <see cref="EtaBasis"/>.</param>
/// <param name="Samples">How many observations it rests on.</param>
public sealed record Eta(long P50Ms, long P90Ms, string Basis, int Samples)
{
    /// <summary>Whether the stage has taken longer than nine of ten earlier ones; missing where that is not so.</summary>
    public bool? LongerThanUsual { get; init; }
}

/// <summary>A line for a person to read.</summary>
/// <param name="Level">How it is meant.</param>
/// <param name="Message">The line; text, never markup.</param>
/// <param name="Step">Which step it belongs to, from 1.</param>
/// <param name="TotalSteps">Of how many.</param>
/// <param name="DurationMs">How long what it tells of took.</param>
public sealed record LogEvent(
    JobLogLevel Level, string Message, int? Step = null, int? TotalSteps = null, long? DurationMs = null)
    : JobEvent(EventTypes.Log);

/// <summary>A piece of the result, before the end. A later one with the same index replaces it.</summary>
/// <param name="Index">Which piece, from 0.</param>
/// <param name="Total">Of how many, where that is known.</param>
/// <param name="Ok">False where this piece failed.</param>
/// <param name="Text">The piece, where it is text.</param>
/// <param name="Data">The piece, where it is anything else.</param>
/// <param name="Error">Why it failed.</param>
public sealed record PartialEvent(
    int Index, int? Total, bool Ok, string? Text = null, JsonElement? Data = null, string? Error = null)
    : JobEvent(EventTypes.Partial)
{
    /// <summary>
    /// What the piece that this one replaces was, one of <see cref="PieceStates"/>; missing where it is the first of its index.
    /// The writer of the log fills it in, so that whoever counts pieces need not remember them.
    /// </summary>
    public string? Replaces { get; init; }
}

/// <summary>What the job has used of models so far, in all its attempts; a later one replaces it.</summary>
/// <param name="InputTokens"><inheritdoc cref="JobUsage" path="/param[@name='InputTokens']"/></param>
/// <param name="OutputTokens"><inheritdoc cref="JobUsage" path="/param[@name='OutputTokens']"/></param>
/// <param name="Calls"><inheritdoc cref="JobUsage" path="/param[@name='Calls']"/></param>
public sealed record UsageEvent(long InputTokens, long OutputTokens, int Calls) : JobEvent(EventTypes.Usage)
{
    /// <inheritdoc cref="JobUsage.Estimated"/>
    public bool? Estimated { get; init; }

    /// <inheritdoc cref="JobUsage.Cost"/>
    public decimal? Cost { get; init; }

    /// <inheritdoc cref="JobUsage.Currency"/>
    public string? Currency { get; init; }

    /// <inheritdoc cref="JobUsage.AudioSeconds"/>
    public double? AudioSeconds { get; init; }

    /// <summary>Tells of a total.</summary>
    internal static UsageEvent Of(JobUsage total) => new(total.InputTokens, total.OutputTokens, total.Calls)
    {
        Estimated = total.Estimated, Cost = total.Cost, Currency = total.Currency, AudioSeconds = total.AudioSeconds,
    };

    /// <summary>The total it tells of.</summary>
    internal JobUsage ToUsage() => new(InputTokens, OutputTokens, Calls)
    {
        Estimated = Estimated, Cost = Cost, Currency = Currency, AudioSeconds = AudioSeconds,
    };
}

/// <summary>The job waits for a person's answer.</summary>
/// <param name="RequestId">Names the question in the answer.</param>
/// <param name="Question">What is asked.</param>
/// <param name="Options">What may be answered; missing where any text may.</param>
/// <param name="Deadline">When it stops waiting.</param>
public sealed record InputRequiredEvent(
    string RequestId, string Question, IReadOnlyList<string>? Options,
    [property: JsonConverter(typeof(UtcMillisecondsConverter))] DateTimeOffset Deadline) : JobEvent(EventTypes.InputRequired);

/// <summary>The answer came (or the deadline passed, and <paramref name="Answer"/> is null).</summary>
/// <param name="RequestId">The question.</param>
/// <param name="Answer">What was answered.</param>
public sealed record InputReceivedEvent(string RequestId, string? Answer) : JobEvent(EventTypes.InputReceived);

/// <summary>The attempt ended early and the job waits for its next one.</summary>
/// <param name="Reason">Why, for a person.</param>
/// <param name="DelayMs">How long until the next attempt may begin.</param>
public sealed record RetryingEvent(string Reason, long DelayMs) : JobEvent(EventTypes.Retrying);

/// <summary>Somebody asked the job to stop.</summary>
public sealed record CancelingEvent() : JobEvent(EventTypes.Canceling);

/// <summary>
/// Somebody gave the job tags, or took some from it. Tags that change once it has ended stand in its snapshot alone: its log
/// is closed.
/// </summary>
/// <param name="Tags">All it has now.</param>
public sealed record TagsEvent(IReadOnlyList<string> Tags) : JobEvent(EventTypes.Tags);

/// <summary>The end: exactly one, always last.</summary>
/// <param name="State">A final state.</param>
/// <param name="Error">Why it failed or was canceled.</param>
/// <param name="ResultUrl">Where the result is, if there is one.</param>
/// <param name="Summary">How long it took.</param>
public sealed record DoneEvent(JobState State, JobError? Error, string? ResultUrl, JobSummary Summary)
    : JobEvent(EventTypes.Done)
{
    /// <summary>What came of a job that succeeded, one of <see cref="JobOutcomes"/>; missing where that is simply its result.</summary>
    public string? Outcome { get; init; }
}

/// <summary>What may come of a job that did its work, and is not simply its result.</summary>
public static class JobOutcomes
{
    /// <summary>It was asked something, and found nothing to answer with.</summary>
    public const string NoAnswer = "noAnswer";
}

/// <summary>What went wrong.</summary>
/// <param name="Code">A stable identifier, such as <c>engine_unavailable</c>.</param>
/// <param name="Message">What happened and what to do, for a person.</param>
public sealed record JobError(string Code, string Message);

/// <summary>How long the last attempt took.</summary>
/// <param name="TotalMs">From the first attempt's beginning to the end, in milliseconds.</param>
/// <param name="Stages">Each stage that ran.</param>
/// <param name="Usage">What the job used of models; missing where it called none.</param>
public sealed record JobSummary(long TotalMs, IReadOnlyList<StageDuration> Stages, JobUsage? Usage = null);

/// <summary>How long a stage took.</summary>
/// <param name="Name">The stage.</param>
/// <param name="Ms">Milliseconds.</param>
public sealed record StageDuration(string Name, long Ms);
