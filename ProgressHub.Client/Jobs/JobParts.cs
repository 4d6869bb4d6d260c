namespace ProgressHub.Client.Jobs;

/// <summary>A stage of an attempt.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Label">What a person reads.</param>
/// <param name="Weight">Its share of the whole, 0..1.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Ms">How long it took, in milliseconds.</param>
/// <param name="StartedMs">When it began, in milliseconds of the job's elapsed time.</param>
public sealed record StageStatus(
    string Name, string Label, double Weight, StageState State, long? Ms = null, long? StartedMs = null);

/// <summary>How long the rest will take.</summary>
/// <param name="P50Ms">The half of such jobs is done by then, in milliseconds.</param>
/// <param name="P90Ms">Nine of ten are.</param>
/// <param name="Basis">What it is told from, such as <c>history</c> or <c>rate</c>.</param>
/// <param name="Samples">How many past runs are in it.</param>
public sealed record Eta(long P50Ms, long P90Ms, string Basis, int Samples)
{
    /// <summary>Whether the job takes longer than nine of ten did.</summary>
    public bool LongerThanUsual { get; init; }
}

/// <summary>The partials so far; each index counts once.</summary>
/// <param name="Ok">How many went well.</param>
/// <param name="Failed">How many failed and were not replaced.</param>
/// <param name="Total">Of how many, where that is known.</param>
public sealed record PartialCounts(int Ok, int Failed, int? Total = null);

/// <summary>Why a job failed.</summary>
/// <param name="Code">A stable identifier in snake_case.</param>
/// <param name="Message">What happened, for a person.</param>
public sealed record JobError(string Code, string Message);

/// <summary>The question that a job waits with.</summary>
/// <param name="RequestId">Names it in the answer.</param>
/// <param name="Question">The question.</param>
/// <param name="Options">The answers to choose from; null where any text will do.</param>
/// <param name="Deadline">Until when it waits.</param>
public sealed record PendingInput(string RequestId, string Question, IReadOnlyList<string>? Options, DateTimeOffset Deadline);

/// <summary>What a job has used of the models that work for it.</summary>
/// <param name="InputTokens">Tokens that the models read.</param>
/// <param name="OutputTokens">Tokens that the models wrote.</param>
/// <param name="Calls">Calls of models, those included that failed or whose answer was lost.</param>
public sealed record JobUsage(long InputTokens, long OutputTokens, int Calls)
{
    /// <summary>Nothing.</summary>
    public static JobUsage None { get; } = new(0, 0, 0);

    /// <summary>True where a part of the tokens is estimated from texts, because a model did not tell.</summary>
    public bool? Estimated { get; init; }

    /// <summary>What it costs at the server's prices; null where no model that was called has one.</summary>
    public decimal? Cost { get; init; }

    /// <summary>The currency of the cost, such as <c>USD</c>.</summary>
    public string? Currency { get; init; }

    /// <summary>How many seconds of audio were heard; null where there was none.</summary>
    public double? AudioSeconds { get; init; }
}

/// <summary>How long a job took, and what it used.</summary>
/// <param name="TotalMs">From the first attempt's beginning to the end, in milliseconds.</param>
/// <param name="Stages">Each stage of the last attempt that ran.</param>
/// <param name="Usage">What it used of models; null where it called none.</param>
public sealed record JobSummary(long TotalMs, IReadOnlyList<StageDuration> Stages, JobUsage? Usage = null);

/// <summary>How long a stage took.</summary>
/// <param name="Name">The stage.</param>
/// <param name="Ms">Milliseconds.</param>
public sealed record StageDuration(string Name, long Ms);
