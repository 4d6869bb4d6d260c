using System.ComponentModel.DataAnnotations;

namespace ProgressHub.Workloads.Inference.Usage;

/// <summary>How much of models one job may use; a submission may allow itself less.</summary>
public sealed class BudgetOptions
{
    /// <summary>Where these options live in the configuration.</summary>
    public const string Section = "Inference:Budget";

    /// <summary>Tokens, read and written, of all calls of a job; no bound where it is missing.</summary>
    [Range(1, 1_000_000_000_000)]
    public long? Tokens { get; set; }

    /// <summary>The cost of all calls of a job, in <c>Inference:Currency</c>; no bound where it is missing.</summary>
    [Range(typeof(decimal), "0.0001", "1000000", ParseLimitsInInvariantCulture = true)]
    public decimal? Cost { get; set; }

    internal UsageBudget ToBudget() => new(Tokens, Cost);
}
