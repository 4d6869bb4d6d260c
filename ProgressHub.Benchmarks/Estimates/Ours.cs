using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;

namespace ProgressHub.Benchmarks.Estimates;

/// <summary>The product's own estimate, on a clock that the trace moves.</summary>
internal sealed class Ours : IEstimator
{
    private readonly TraceTime _time = new();
    private readonly RemainingTime _remaining;
    private readonly StageTracker _tracker;

    public Ours(Trace trace, IReadOnlyList<Trace> past)
    {
        var model = new DurationModel([.. past.Reverse().SelectMany(RunsOf)]);
        var plan = model.Weigh(trace.Plan, trace.Size);
        _remaining = new RemainingTime(_time, plan, model, trace.Size);
        _tracker = new StageTracker(plan, _remaining);
    }

    /// <summary>Where its bar stands, 0..1.</summary>
    public double Fraction { get; private set; }

    public void At(double ms) => _time.Ms = ms;

    public void Enter(int stage) => _tracker.Enter(stage);

    public void Report(double share) => Fraction = _tracker.Describe(new ProgressUpdate { Fraction = share }).Fraction ?? Fraction;

    public (double P50Ms, double? P90Ms)? Rest() => _remaining.Estimate() is { } eta ? (eta.P50Ms, eta.P90Ms) : null;

    private static IEnumerable<StageRun> RunsOf(Trace trace) =>
        trace.Stages.Select(s => new StageRun("trace", "", s.Name, trace.Size, s.Ms, DateTimeOffset.UnixEpoch)
        {
            Profile = StageProfile.Of([.. s.Reports.Select(r => (r.AtMs - s.StartMs, r.Share))], s.Ms)?.ToString(),
        });

    private sealed class TraceTime : TimeProvider
    {
        public double Ms { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => (long)(Ms * TimeSpan.TicksPerMillisecond);
    }
}
