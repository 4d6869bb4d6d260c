using ProgressHub.Core.Progress;

namespace ProgressHub.Benchmarks.Estimates;

/// <summary>What goes by the overall fraction, computed from the plan's own weights.</summary>
internal abstract class FractionEstimator(StagePlan plan) : IEstimator
{
    private int _stage;

    protected double NowMs { get; private set; }

    protected double Fraction { get; private set; }

    public void At(double ms) => NowMs = ms;

    public void Enter(int stage)
    {
        _stage = stage;
        Move(plan.FractionAt(stage, 0));
    }

    public void Report(double share) => Move(plan.FractionAt(_stage, share));

    public abstract (double P50Ms, double? P90Ms)? Rest();

    protected virtual void OnMoved(double by)
    {
    }

    private void Move(double fraction)
    {
        var by = fraction - Fraction;
        Fraction = Math.Max(Fraction, fraction);
        if (by > 0)
            OnMoved(by);
    }
}

/// <summary>Linear extrapolation: what is left goes as what is done went, on the average.</summary>
internal sealed class Linear(StagePlan plan) : FractionEstimator(plan)
{
    public override (double P50Ms, double? P90Ms)? Rest() =>
        Fraction > 0 ? (NowMs * (1 - Fraction) / Fraction, null) : null;
}

/// <summary>
/// The way of tqdm's progress bars: moving averages of the steps and of the time between them, each new one counting 0.3,
/// corrected for their beginning at zero; looked at ten times a second.
/// </summary>
internal sealed class Smoothed(StagePlan plan) : FractionEstimator(plan)
{
    private const double Smoothing = 0.3;
    private const double LeastMs = 100;
    private double _lastMs;
    private double _pending;
    private double _steps;
    private double _times;
    private double _weight;

    public override (double P50Ms, double? P90Ms)? Rest() =>
        _weight > 0 && _steps > 0 ? ((1 - Fraction) / (_steps / _times), null) : null;

    protected override void OnMoved(double by)
    {
        _pending += by;
        if (NowMs - _lastMs < LeastMs)
            return;
        _steps += Smoothing * (_pending - _steps);
        _times += Smoothing * (NowMs - _lastMs - _times);
        _weight += Smoothing * (1 - _weight);
        (_lastMs, _pending) = (NowMs, 0);
    }
}

/// <summary>The plain mean of how long earlier runs took, less the time that has passed.</summary>
internal sealed class MeanOfPast(IReadOnlyList<Trace> past) : IEstimator
{
    private readonly double _meanMs = past.Count > 0 ? past.Average(t => t.TotalMs) : double.NaN;
    private double _nowMs;

    public void At(double ms) => _nowMs = ms;

    public void Enter(int stage)
    {
    }

    public void Report(double share)
    {
    }

    public (double P50Ms, double? P90Ms)? Rest() => double.IsNaN(_meanMs) ? null : (Math.Max(0, _meanMs - _nowMs), null);
}
