namespace ProgressHub.Benchmarks.Estimates;

/// <summary>An estimate beside the truth.</summary>
/// <param name="Share">When it was made, as a share of the whole time.</param>
/// <param name="TrueMs">What was really left.</param>
/// <param name="Said">What was said; null for nothing.</param>
internal readonly record struct Judged(double Share, double TrueMs, (double P50Ms, double? P90Ms)? Said)
{
    /// <summary>The error relative to the truth; null where nothing was said.</summary>
    public double? Error => Said is { } said ? Math.Abs(said.P50Ms - TrueMs) / TrueMs : null;
}

/// <summary>Plays a trace to an estimator and asks it on the way.</summary>
internal static class Replay
{
    /// <summary>When it is asked, as shares of the whole time.</summary>
    public static readonly double[] Asked = [0.10, 0.25, 0.50, 0.75];

    public static IEnumerable<Judged> Play(Trace trace, IEstimator estimator)
    {
        var happenings = trace.Stages
            .SelectMany((stage, index) => stage.Reports
                .Select(r => (r.AtMs, Stage: index, Share: (double?)r.Share))
                .Prepend((AtMs: stage.StartMs, Stage: index, Share: null)))
            .OrderBy(h => h.AtMs).ToList();
        var next = 0;
        foreach (var share in Asked)
        {
            var at = share * trace.TotalMs;
            for (; next < happenings.Count && happenings[next].AtMs <= at; next++)
            {
                estimator.At(happenings[next].AtMs);
                if (happenings[next].Share is { } counted)
                    estimator.Report(counted);
                else
                    estimator.Enter(happenings[next].Stage);
            }

            estimator.At(at);
            yield return new Judged(share, trace.TotalMs - at, estimator.Rest());
        }
    }
}
