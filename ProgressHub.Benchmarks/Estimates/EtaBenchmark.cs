namespace ProgressHub.Benchmarks.Estimates;

/// <summary>
/// How good estimates of the time left are, over traces of jobs. Each run is judged with what was learned from those
/// before it, at four moments: by the mean absolute percentage error of the middle estimate, and by how often the truth was
/// within it (half of the time, if it is what it says) and within the ninth decile. A moment at which an estimator says
/// nothing does not count for it.
/// </summary>
internal static class EtaBenchmark
{
    // Before that nobody has learned anything.
    private const int Warmup = 8;
    private const string Us = "ours";

    private static readonly (string Name, Func<Trace, IReadOnlyList<Trace>, IEstimator> Make)[] Estimators =
    [
        (Us, static (trace, past) => new Ours(trace, past)),
        ("linear extrapolation", static (trace, _) => new Linear(trace.Plan)),
        ("tqdm's smoothing", static (trace, _) => new Smoothed(trace.Plan)),
        ("mean of past runs", static (_, past) => new MeanOfPast(past)),
    ];

    public static Task<IEnumerable<Result>> RunAsync() => Task.FromResult(Measure());

    private static IEnumerable<Result> Measure()
    {
        var families = GeneratedTraces.All().Concat(RecordedTraces.All()).GroupBy(t => t.Family)
            .Select(family => (Name: family.Key, Judged: Judge([.. family]))).ToList();
        var ours = families.SelectMany(f => f.Judged[Us]).ToList();
        foreach (var (name, _) in Estimators.Where(e => e.Name != Us))
        {
            yield return new Result(
                $"time left, {families.Count} kinds of traces", "mean error in %", [families.Average(f => Error(f.Judged[Us]))],
                name, [families.Select(f => Error(f.Judged[name])).Where(double.IsFinite).Average()], "≤ 0.5 × the best");
        }

        yield return new Result(
            "truth within P50, at 10, 25, 50 and 75 % of the time", "% of runs", [.. Replay.Asked.Select(a => Within(ours, a, p90: false))], "", [], "40–60");
        yield return new Result(
            "truth within P90, at the same", "% of runs", [.. Replay.Asked.Select(a => Within(ours, a, p90: true))], "", [], "85–95");
        foreach (var (name, judged) in families)
        {
            var best = Estimators.Where(e => e.Name != Us).Select(e => (e.Name, Error: Error(judged[e.Name])))
                .Where(e => double.IsFinite(e.Error)).MinBy(e => e.Error);
            yield return new Result($"time left, {name}", "mean error in %", [Error(judged[Us])], best.Name, [best.Error], "");
        }
    }

    private static Dictionary<string, List<Judged>> Judge(List<Trace> traces) => Estimators.ToDictionary(
        e => e.Name,
        e => Enumerable.Range(Warmup, traces.Count - Warmup)
            .SelectMany(i => Replay.Play(traces[i], e.Make(traces[i], traces[..i]))).ToList());

    private static double Error(IEnumerable<Judged> judged) =>
        judged.Where(j => j.Error is not null).Select(j => 100 * j.Error!.Value).DefaultIfEmpty(double.NaN).Average();

    private static double Within(IEnumerable<Judged> judged, double share, bool p90) => judged
        .Where(j => j.Share == share && j.Said is not null)
        .Average(j => j.TrueMs <= (p90 ? j.Said!.Value.P90Ms : j.Said!.Value.P50Ms) ? 100.0 : 0);
}
