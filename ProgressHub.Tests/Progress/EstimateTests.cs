using System.Globalization;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Progress;

/// <summary>Of work that goes on, no estimate says that nothing is left, whatever earlier runs were like.</summary>
public sealed class EstimateTests
{
    private const int Rounds = 3000;
    private static readonly StagePlan Plan = new(new Stage("work", "Work", 3), new Stage("write", "Write", 1));
    private static readonly double[] Odd = [0, 1e-9, 0.4, 1e300, double.MaxValue, double.PositiveInfinity, double.NaN, -5];

    [Theory]
    [InlineData(0.015), InlineData(0.03), InlineData(0.07)]
    public void A_slow_beginning_after_runs_that_began_at_once_has_time_left(double share)
    {
        // Earlier runs had a tenth of their work done in less than half a thousandth of their time.
        var quick = string.Join(' ', Enumerable.Range(0, 21).Select(point => Math.Max(0, (point - 4) * 50)));
        var time = new ManualTime();
        var remaining = new RemainingTime(time, Plan, new DurationModel([.. Runs("work", 8000, quick), .. Runs("write", 1000, null)]), 100);
        remaining.Enter(0);

        time.Advance(TimeSpan.FromSeconds(3));
        remaining.Observe(new() { Fraction = share });

        Assert.InRange(remaining.Estimate()!.P50Ms, 1000, 3_600_000);
    }

    [Fact]
    public void Whatever_was_learned_and_is_reported_an_estimate_is_a_length_of_time_or_none()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var time = new ManualTime();
            var model = new DurationModel([.. RandomRuns(random, "work"), .. RandomRuns(random, "write")]);
            var remaining = new RemainingTime(time, Plan, model, RandomSize(random));
            var seen = 0.0;
            remaining.Enter(0);
            for (var report = 0; report < 12; report++)
            {
                time.Advance(TimeSpan.FromMilliseconds(random.Next(4) switch
                {
                    0 => 0, 1 => random.NextDouble(), 2 => random.Next(5000), _ => random.Next(5_000_000),
                }));
                seen = random.Next(6) == 0 ? seen : Math.Min(1, seen + (Math.Pow(random.NextDouble(), 4) * (1 - seen)));
                remaining.Observe(new() { Fraction = seen, Estimated = random.Next(8) == 0 });
                AssertLength(remaining, seed);
                if (random.Next(20) == 0)
                    remaining.Size = RandomSize(random);
            }

            remaining.Enter(1);
            AssertLength(remaining, seed);
            Assert.True(model.Weigh(Plan, RandomSize(random)).Stages.All(s => s.Weight is > 0 and <= 1), $"weights, seed {seed}");
        }
    }

    private static void AssertLength(RemainingTime remaining, int seed)
    {
        if (remaining.Estimate() is { } eta)
            Assert.True(eta.P50Ms >= 1 && eta.P90Ms >= eta.P50Ms && eta.P90Ms <= 9_007_199_254_740_991, $"{eta}, seed {seed}");
        if (remaining.UsualMs() is { } usual)
            Assert.True(usual is > 0 and < 1e16, $"{usual}, seed {seed}");
    }

    private static IEnumerable<StageRun> RandomRuns(Random random, string stage)
    {
        var usual = Math.Pow(10, random.NextDouble() * 7);
        return [.. Enumerable.Range(0, random.Next(20)).Select(_ => Run(
            stage, random.Next(15) == 0 ? Odd[random.Next(Odd.Length)] : usual * (0.5 + random.NextDouble()), RandomProfile(random)) with
        {
            Size = RandomSize(random),
        })];
    }

    private static double? RandomSize(Random random) => random.Next(4) switch
    {
        0 => null, 1 => Odd[random.Next(Odd.Length)], _ => random.Next(1, 100_000),
    };

    // Rising, as the real ones are; some of them stand at the beginning or at the end, and some are of a broken store.
    private static string? RandomProfile(Random random)
    {
        if (random.Next(4) == 0)
            return null;
        var (low, high) = random.Next(4) switch { 0 => (0, 1), 1 => (999, 1001), 2 => (0, int.MaxValue), _ => (0, 1001) };
        return string.Join(' ', Enumerable.Range(0, 21).Select(_ => random.Next(low, high)).Order()
            .Select(t => t.ToString(CultureInfo.InvariantCulture)));
    }

    private static IEnumerable<StageRun> Runs(string stage, double ms, string? profile) =>
        Enumerable.Range(0, 8).Select(_ => Run(stage, ms, profile));

    private static StageRun Run(string stage, double ms, string? profile) =>
        new("k", "e", stage, 100, ms, DateTimeOffset.UnixEpoch) { Profile = profile };
}
