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

    // Of what was judged by a share f of the work, the rest is uncertain in proportion to what has not been seen.
    private const double SpreadAtStart = 1.0;

    // Beyond this a number of milliseconds is not exact in JSON (RFC 8259, section 6), and says nothing to anybody.
    private const double MostMs = 9_007_199_254_740_991;

    private readonly StagePlan _plan;
    private readonly DurationModel _history;
    private readonly WorkClock _clock;
    private readonly StageForecast _forecast;
    private readonly List<FinishedStage> _finished = [];
    private StageProgress? _stage;
    private int _index = -1;

    public RemainingTime(TimeProvider time, StagePlan plan, DurationModel history, double? size)
    {
        _plan = plan;
        _history = history;
        _clock = new WorkClock(time);
        _forecast = new StageForecast(plan, history);
        Size = size;
    }

    /// <summary>How much there is to do, in the workload's unit; null where that is unknown, or no amount at all.</summary>
    public double? Size
    {
        get;
        set => field = value is > 0 and < double.PositiveInfinity ? value : null;
    }

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

    /// <summary>Where it stands, to go back to by <see cref="Return"/>.</summary>
    public (StageProgress? Stage, int Index, int Finished) Mark() => (_stage, _index, _finished.Count);

    /// <summary>Forgets the stages that began since a <see cref="Mark"/>: nobody was told of them.</summary>
    public void Return((StageProgress? Stage, int Index, int Finished) mark)
    {
        (_stage, _index) = (mark.Stage, mark.Index);
        _finished.RemoveRange(mark.Finished, _finished.Count - mark.Finished);
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
    public void Observe(ProgressUpdate update)
    {
        if (!update.Estimated && update.SettledFraction is { } share)
            _stage?.Observe(share, update.Fraction is null ? update.Total : null, _clock.Elapsed);
    }

    /// <summary>How long the stages take, as far as that is known; null where the plan's weights say as much.</summary>
    public StageTimes? Times() => _stage is { } stage ? _forecast.Judge(_finished, _index, stage, _clock.Elapsed, Size) : null;

    /// <summary>The attempt waits for somebody.</summary>
    public void Pause() => _clock.Pause();

    /// <summary>It goes on.</summary>
    public void Resume() => _clock.Resume();

    /// <summary>How long a stage takes, where nothing was learned of it.</summary>
    public void Expect(int index, TimeSpan duration, bool isMeasured = false) => _forecast.Expect(index, duration, isMeasured);

    /// <summary>How long a stage is expected to take; null where nobody has said.</summary>
    public TimeSpan? ExpectedOf(int index) => _forecast.ExpectedOf(index);

    /// <summary>How long the stage under way takes as a rule, in milliseconds; null where nothing was learned.</summary>
    public double? UsualMs() =>
        _stage is { } stage && _history.Find(stage.Name)?.Whole(Size).P50Ms is > 0 and <= MostMs and var usual ? usual : null;

    /// <summary>The time left, at least a millisecond; null while it can't be judged.</summary>
    public Eta? Estimate()
    {
        if (Learned() is not { } learned)
            return Measured();

        var basis = learned.Live switch { < WorthNaming => EtaBasis.History, > 1 - WorthNaming => EtaBasis.Rate, _ => EtaBasis.Blend };
        return ToEta(learned.Left, basis, basis == EtaBasis.Rate ? _stage!.Moves : learned.Samples) is { } eta
            ? eta with { LongerThanUsual = IsLongerThanUsual() ? true : null }
            : null;
    }

    private Eta? Measured()
    {
        if (Times() is not { IsMeasured: true } times)
            return null;
        var left = times.Left + times.Future;
        var open = left / Math.Max(1, times.Past + times.Present + times.Future);
        return ToEta(new TimeRange(left, left * (1 + (SpreadAtStart * open))), EtaBasis.Rate, _stage!.Moves);
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

    /// <summary>Null for what is no length of time: work that goes on is never told to have nothing left.</summary>
    private static Eta? ToEta(TimeRange rest, string basis, int samples) =>
        rest.P50Ms is >= 1 and <= MostMs && rest.P90Ms is <= MostMs
            ? new Eta((long)rest.P50Ms, (long)Math.Max(rest.P50Ms, rest.P90Ms), basis, samples)
            : null;
}

/// <summary>A stage that is over.</summary>
/// <param name="Name">The stage.</param>
/// <param name="Size">What it had to do in this attempt, in the workload's unit; null where that is unknown.</param>
/// <param name="Restored">The share, 0..1, that was done before.</param>
/// <param name="Ms">How long it took, without pauses.</param>
/// <param name="Profile">How its work was spread over that time; null where that is not known.</param>
internal readonly record struct FinishedStage(
    string Name, double? Size, double Restored, double Ms, StageProfile? Profile = null);
