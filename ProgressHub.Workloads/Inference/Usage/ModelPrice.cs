using System.ComponentModel.DataAnnotations;

namespace ProgressHub.Workloads.Inference.Usage;

/// <summary>What a model costs.</summary>
public sealed class ModelPrice
{
    /// <summary>A million tokens that it reads.</summary>
    [Range(0, 1_000_000)]
    public decimal InputPerMillion { get; set; }

    /// <summary>A million tokens that it writes.</summary>
    [Range(0, 1_000_000)]
    public decimal OutputPerMillion { get; set; }

    internal decimal Of(long inputTokens, long outputTokens) =>
        // Without the zeros that a decimal keeps at its end.
        (inputTokens * InputPerMillion + outputTokens * OutputPerMillion) / 1_000_000 / 1.000000000000000000000000000000000m;
}
