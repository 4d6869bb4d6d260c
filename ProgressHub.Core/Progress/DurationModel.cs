using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Progress;

/// <summary>What earlier runs of a workload with an engine say about a job, stage by stage. Immutable.</summary>
internal sealed class DurationModel
{
    /// <summary>With fewer runs of a stage, nothing is said about it.</summary>
    public const int MinSamples = 3;

    /// <summary>Knows nothing.</summary>
    public static readonly DurationModel None = new([]);

    // The plan's own weights count as much as this many runs; and no stage, however quick, becomes invisible.
    private const double PlanCountsAs = 5;
    private const double LeastWeight = 0.01;

    private readonly Dictionary<string, StageDurations> _stages;

    /// <summary>Takes the runs of all stages, the newest first.</summary>
    public DurationModel(IReadOnlyList<StageRun> runs) => _stages = runs
        .Where(run => run.Ms is >= 0 and < double.PositiveInfinity)
        .GroupBy(run => run.Stage)
        .Where(stage => stage.Count() >= MinSamples)
        .ToDictionary(stage => stage.Key, stage => new StageDurations([.. stage]));

    /// <summary>What is known of a stage, or null.</summary>
    public StageDurations? Find(string stage) => _stages.GetValueOrDefault(stage);

    /// <summary>
    /// The plan with the weights that were learned, as far as there is enough to learn from; else the plan itself. The
    /// more runs, the less the plan's own weights count.
    /// </summary>
    public StagePlan Weigh(StagePlan plan, double? size)
    {
        if (plan.IsFixed)
            return plan;
        var known = plan.Stages.Select(stage => Find(stage.Name)).ToList();
        if (known.Contains(null) || known.Sum(stage => stage!.Whole(size).P50Ms) is not (> 0 and < double.PositiveInfinity and var sum))
            return plan;

        var samples = known.Min(stage => stage!.Samples);
        return new StagePlan([.. plan.Stages.Select((stage, i) => stage with
        {
            Weight = Math.Max(LeastWeight, (
                (stage.Weight * PlanCountsAs) + (known[i]!.Whole(size).P50Ms / sum * samples)) / (PlanCountsAs + samples)),
        })]);
    }
}
