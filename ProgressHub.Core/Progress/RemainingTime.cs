using ProgressHub.Core.Events;

namespace ProgressHub.Core.Progress;

/// <summary>
/// How long an attempt will still take: what earlier runs took, and more and more its own rate as work advances. Time in
/// which it waits for somebody does not count. It says nothing while neither means anything.
/// </summary>
internal sealed class RemainingTime
{
    // Once half of the work has been seen, this run alone speaks.
    private const double LiveAloneAfter = 0.5;

    // A share of the stage by which it may be behind without being late.
    private const double Tolerance = 0.1;

    private readonly StagePlan _plan;
    private readonly DurationModel _history;
    private readonly WorkClock _clock;
    private readonly LiveRate _rate;
    private readonly List<FinishedStage> _finished = [];
    private StageProgress? _stage;
    private int _index = -1;

    public RemainingTime(TimeProvider time, StagePlan plan, DurationModel history, double? size)
    {
        _plan = plan;
        _history = history;
        _clock = new WorkClock(time);
        _rate = new LiveRate(_clock);
        Size = size;
    }

    /// <summary>How much there is to do, in the workload's unit; null where that is unknown.</summary>
    public double? Size { get; set; }

    /// <summary>Whether the attempt waits for somebody.</summary>
    public bool IsPaused => _clock.IsPaused;

    /// <summary>The stages that are over, with what they had to do in this attempt.</summary>
    public IReadOnlyList<FinishedStage> Finished => _finished;

    /// <summary>A stage begins; the one before it is over.</summary>
    public void Enter(int index)
    {
        Leave();
        _index = index;
        _stage = new StageProgress(_plan.Stages[index].Name, _clock.Elapsed);
    }

    /// <summary>The stage under way is over.</summary>
    public void Leave()
    {
        if (_stage is { } stage)
            _finished.Add(new FinishedStage(stage.Name, Size * (1 - stage.Restored), stage.Restored, Elapsed(stage)));
        _stage = null;
    }

    /// <summary>Notes how far it is. What is only guessed from elapsed time says nothing about the rate.</summary>
    /// <param name="overall">The overall fraction, 0..1.</param>
    /// <param name="stageFraction">The share of the stage, 0..1, or null.</param>
    /// <param name="estimated">Whether that is a guess.</param>
    public void Observe(double overall, double? stageFraction, bool estimated)
    {
        if (estimated || stageFraction is not { } share)
            return;
        _stage?.Observe(share, _clock.Elapsed);
        _rate.Observe(overall);
    }

    /// <summary>The attempt waits for somebody.</summary>
    public void Pause() => _clock.Pause();

    /// <summary>It goes on.</summary>
    public void Resume() => _clock.Resume();

    /// <summary>How long the stage under way takes as a rule, in milliseconds; null where nothing was learned.</summary>
    public double? UsualMs() => _stage is { } stage ? _history.Find(stage.Name)?.Whole(Size).P50Ms : null;

    /// <summary>The time left, or null while it can't be judged.</summary>
    public Eta? Estimate()
    {
        var learned = FromHistory();
        var live = _rate.Rest();
        if (learned is not { } history)
            return live is { } alone ? ToEta(alone, "rate", _rate.Samples) : null;

        var share = live is null ? 0 : Math.Min(1, _rate.Seen / LiveAloneAfter);
        var rest = live is { } l ? Mix(history.Left, l, share) : history.Left;
        return ToEta(
            rest, share <= 0 ? "history" : share < 1 ? "blend" : "rate", share < 1 ? history.Samples : _rate.Samples) with
        {
            LongerThanUsual = IsLongerThanUsual() ? true : null,
        };
    }

    private (TimeRange Left, int Samples)? FromHistory()
    {
        if (_stage is not { } stage || _history.Find(stage.Name) is not { } present)
            return null;

        var rest = RestOf(stage, present);
        var (p50, spread, samples) = (rest.P50Ms, Square(rest.P90Ms - rest.P50Ms), present.Samples);
        for (var i = _index + 1; i < _plan.Stages.Count; i++)
        {
            if (_history.Find(_plan.Stages[i].Name) is not { } next)
                return null;
            var whole = next.Whole(Size);
            p50 += whole.P50Ms;

            // Stages are late independently of one another, so that their variances add up and not their delays.
            spread += Square(whole.P90Ms - whole.P50Ms);
            samples = Math.Min(samples, next.Samples);
        }

        return (new TimeRange(p50, p50 + Math.Sqrt(spread)), samples);
    }

    private TimeRange RestOf(StageProgress stage, StageDurations usual)
    {
        if (stage.Done is not { } done)
            return usual.Rest(Size, Elapsed(stage));

        // What is counted says more than the clock, until it falls behind: then it is late by as much, and by more and
        // more while it stands still.
        var whole = usual.Whole(Size);
        var late = Math.Max(0, Elapsed(stage) - (whole.P50Ms * (done - stage.Restored + Tolerance)));
        return new TimeRange((whole.P50Ms * (1 - done)) + late, (whole.P90Ms * (1 - done)) + (2 * late));
    }

    private bool IsLongerThanUsual() => _stage is { } stage && _history.Find(stage.Name) is { } usual &&
        Elapsed(stage) > usual.Whole(Size).P90Ms;

    private double Elapsed(StageProgress stage) => (_clock.Elapsed - stage.EnteredAt).TotalMilliseconds;

    private static TimeRange Mix(TimeRange a, TimeRange b, double share) =>
        new(Mix(a.P50Ms, b.P50Ms, share), Mix(a.P90Ms, b.P90Ms, share));

    private static double Mix(double a, double b, double share) => (a * (1 - share)) + (b * share);

    private static double Square(double value) => value * value;

    private static Eta ToEta(TimeRange rest, string basis, int samples) =>
        new((long)rest.P50Ms, (long)Math.Max(rest.P50Ms, rest.P90Ms), basis, samples);
}

/// <summary>A stage that is over.</summary>
/// <param name="Name">The stage.</param>
/// <param name="Size">What it had to do in this attempt, in the workload's unit; null where that is unknown.</param>
/// <param name="Restored">The share, 0..1, that was done before.</param>
/// <param name="Ms">How long it took, without pauses.</param>
internal readonly record struct FinishedStage(string Name, double? Size, double Restored, double Ms);
