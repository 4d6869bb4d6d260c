using ProgressHub.Core.Events;

namespace ProgressHub.Core.Progress;

/// <summary>
/// How long an attempt will still take: what earlier runs took, and more and more its own rate as work advances. Time in
/// which it waits for somebody does not count. It says nothing while neither means anything.
/// </summary>
internal sealed class RemainingTime
{
    // With less of the one than this, an estimate is called after the other alone.
    private const double WorthNaming = 0.1;

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
        {
            _finished.Add(new FinishedStage(
                stage.Name, Size * (1 - stage.Restored), stage.Restored, Elapsed(stage), stage.ProfileAt(_clock.Elapsed)));
        }

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
        if (Learned() is not { } learned)
            return _rate.Rest() is { } alone ? ToEta(alone, "rate", _rate.Samples) : null;

        var basis = learned.Live switch { < WorthNaming => "history", > 1 - WorthNaming => "rate", _ => "blend" };
        return ToEta(learned.Left, basis, basis == "rate" ? _rate.Samples : learned.Samples) with
        {
            LongerThanUsual = IsLongerThanUsual() ? true : null,
        };
    }

    private (TimeRange Left, double Live, int Samples)? Learned()
    {
        if (_stage is not { } stage || _history.Find(stage.Name) is not { } present)
            return null;

        var (rest, live) = stage.CountAt(_clock.Elapsed) is { } count
            ? present.Rest(Size * (1 - stage.Restored), count)
            : new CountedRest(present.Rest(Size, Elapsed(stage)), 0);
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

        return (new TimeRange(p50, p50 + Math.Sqrt(spread)), live * rest.P50Ms / Math.Max(1, p50), samples);
    }

    private bool IsLongerThanUsual() => _stage is { } stage && _history.Find(stage.Name) is { } usual &&
        Elapsed(stage) > usual.Whole(Size).P90Ms;

    private double Elapsed(StageProgress stage) => (_clock.Elapsed - stage.EnteredAt).TotalMilliseconds;

    private static double Square(double value) => value * value;

    private static Eta ToEta(TimeRange rest, string basis, int samples) =>
        new((long)rest.P50Ms, (long)Math.Max(rest.P50Ms, rest.P90Ms), basis, samples);
}

/// <summary>A stage that is over.</summary>
/// <param name="Name">The stage.</param>
/// <param name="Size">What it had to do in this attempt, in the workload's unit; null where that is unknown.</param>
/// <param name="Restored">The share, 0..1, that was done before.</param>
/// <param name="Ms">How long it took, without pauses.</param>
/// <param name="Profile">How its work was spread over that time; null where that is not known.</param>
internal readonly record struct FinishedStage(
    string Name, double? Size, double Restored, double Ms, StageProfile? Profile = null);
