using ProgressHub.Core.Progress;

namespace ProgressHub.Benchmarks.Estimates;

/// <summary>What one finished job reported, and when: enough to judge any estimate that could have been made on the way.</summary>
/// <param name="Family">What is alike: a workload with an engine, or a way of behaving. Runs of a family learn from one another.</param>
/// <param name="Plan">The stages with the weights the workload gives them.</param>
/// <param name="Size">How much there was to do; null where that is not known.</param>
/// <param name="Stages">What happened, in order.</param>
internal sealed record Trace(string Family, StagePlan Plan, double? Size, IReadOnlyList<TraceStage> Stages)
{
    /// <summary>How long it took, in milliseconds.</summary>
    public double TotalMs => Stages[^1].EndMs;
}

/// <summary>A stage as it went.</summary>
/// <param name="Name">Which.</param>
/// <param name="StartMs">When it began, in milliseconds of the job.</param>
/// <param name="EndMs">When it ended.</param>
/// <param name="Reports">What it counted, in order: when, and the share of the stage, 0..1. Empty for an opaque stage.</param>
internal sealed record TraceStage(string Name, double StartMs, double EndMs, IReadOnlyList<(double AtMs, double Share)> Reports)
{
    public double Ms => EndMs - StartMs;
}
