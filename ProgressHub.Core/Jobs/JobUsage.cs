using System.Text.Json.Serialization;

namespace ProgressHub.Core.Jobs;

/// <summary>What a job has used of the models that work for it.</summary>
/// <param name="InputTokens">Tokens that the models read.</param>
/// <param name="OutputTokens">Tokens that the models wrote.</param>
/// <param name="Calls">Calls of models, those included that failed or whose answer was lost.</param>
public sealed record JobUsage(long InputTokens, long OutputTokens, int Calls)
{
    /// <summary>Nothing yet.</summary>
    public static JobUsage None { get; } = new(0, 0, 0);

    /// <summary>True where a part of the tokens is estimated from texts, because a model did not tell; missing where none is.</summary>
    public bool? Estimated { get; init; }

    /// <summary>What it costs at the configured prices; missing where no model that was called has one.</summary>
    public decimal? Cost { get; init; }

    /// <summary>The currency of the cost, such as <c>USD</c>; missing without a cost.</summary>
    public string? Currency { get; init; }

    /// <summary>How many seconds of audio were heard; missing where there was none.</summary>
    public double? AudioSeconds { get; init; }

    /// <summary>All tokens.</summary>
    [JsonIgnore]
    public long Tokens => InputTokens + OutputTokens;

    /// <summary>Both together.</summary>
    public JobUsage Plus(JobUsage more) => new(InputTokens + more.InputTokens, OutputTokens + more.OutputTokens, Calls + more.Calls)
    {
        Estimated = Estimated is true || more.Estimated is true ? true : null,
        Cost = Cost is null && more.Cost is null ? null : (Cost ?? 0) + (more.Cost ?? 0),
        Currency = more.Currency ?? Currency,
        AudioSeconds = AudioSeconds is null && more.AudioSeconds is null ? null : (AudioSeconds ?? 0) + (more.AudioSeconds ?? 0),
    };
}
