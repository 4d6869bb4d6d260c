using ProgressHub.Core.Progress;

namespace ProgressHub.Benchmarks.Estimates;

/// <summary>
/// Ways of behaving that real work has, each in its pure form: sizes differ by a factor of a few, and no run is quite as
/// quick as the one before. The same seed gives the same traces.
/// </summary>
internal static class GeneratedTraces
{
    private const int Runs = 60;
    private const int Reports = 200;
    private static readonly StagePlan One = new([new Stage("work", "Working", 1)]);
    private static readonly StagePlan Halves = new([new Stage("first", "First", 1), new Stage("second", "Second", 1)]);

    public static IEnumerable<Trace> All() =>
    [
        .. Family("generated, steady", 1, One, static (share, _) => share),
        .. Family("generated, accelerating", 2, One, static (share, _) => Math.Pow(share, 0.5)),
        .. Family("generated, stalling", 3, One, Stalling),
        .. Family("generated, bursty", 4, One, Bursts),
        .. Family("generated, bimodal", 5, One, static (share, _) => share, random => random.NextDouble() < 0.5 ? 1 : 3),
        .. Family("generated, wrong weights", 6, Halves, static (share, _) => share),
        .. Family("generated, opaque", 7, One, null),
    ];

    /// <param name="name">What to call it.</param>
    /// <param name="seed">Where its luck begins.</param>
    /// <param name="plan">The stages; of two the second takes nine times as long.</param>
    /// <param name="timeAt">The share of the stage's time that has passed at a share of its work; null where nothing is counted.</param>
    /// <param name="pace">A factor on the whole run.</param>
    private static IEnumerable<Trace> Family(
        string name, int seed, StagePlan plan, Func<double, Luck, double>? timeAt, Func<Random, double>? pace = null)
    {
        var random = new Random(seed);
        for (var run = 0; run < Runs; run++)
        {
            var size = 1000 * Math.Exp(0.6 * Normal(random));
            var ms = size * 30 * Math.Exp(0.15 * Normal(random)) * (pace?.Invoke(random) ?? 1);
            List<TraceStage> stages = [];
            foreach (var stage in plan.Stages)
            {
                var share = plan.Stages.Count == 1 ? 1 : stages.Count == 0 ? 0.1 : 0.9;
                var start = stages.Count == 0 ? 0 : stages[^1].EndMs;
                stages.Add(Play(stage.Name, start, ms * share, timeAt, new Luck(random)));
            }

            yield return new Trace(name, plan, size, stages);
        }
    }

    private static TraceStage Play(string name, double start, double ms, Func<double, Luck, double>? timeAt, Luck luck)
    {
        if (timeAt is null)
            return new TraceStage(name, start, start + ms, []);
        var times = Enumerable.Range(1, Reports).Select(i => timeAt((double)i / Reports, luck)).ToArray();
        return new TraceStage(
            name, start, start + (ms * times[^1]),
            [.. times.Select((time, i) => (start + (ms * time), (i + 1.0) / Reports))]);
    }

    // Somewhere it stands still for up to half as long as all the rest takes.
    private static double Stalling(double share, Luck luck) => share + (share > luck.Where ? luck.HowLong : 0);

    // Twenty bursts, each after a wait of its own length.
    private static double Bursts(double share, Luck luck) => luck.Waits(20, share);

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>What one stage of one run happens to meet.</summary>
    private sealed class Luck(Random random)
    {
        private readonly double[] _waits = [.. Enumerable.Range(0, 64).Select(_ => -Math.Log(1 - random.NextDouble()))];

        public double Where { get; } = random.NextDouble();

        public double HowLong { get; } = 0.2 + (0.3 * random.NextDouble());

        public double Waits(int count, double share) =>
            _waits.Take((int)Math.Ceiling(share * count)).Sum() / count;
    }
}
