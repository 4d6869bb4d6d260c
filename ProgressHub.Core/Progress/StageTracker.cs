using ProgressHub.Core.Events;

namespace ProgressHub.Core.Progress;

/// <summary>
/// Where an attempt is in its plan: what it reports, it puts into the words of events. The overall fraction never falls. Not
/// thread-safe; its owner locks.
/// </summary>
internal sealed class StageTracker(StagePlan plan, RemainingTime remaining)
{
    private const int MaxUnit = 50;

    private readonly HashSet<int> _entered = [];
    private BelievedShare _share = new();
    private int _stage = -1;
    private double _floor;

    // Guesses of one stage by different means do not go back.
    private double _guessed;

    /// <summary>The estimate that was last described; null where there was none.</summary>
    public Eta? Told { get; private set; }

    /// <summary>How long it will still take, as of now.</summary>
    public RemainingTime Remaining => remaining;

    /// <summary>How long the stage under way takes as a rule; null where nothing was learned and the plan does not say.</summary>
    public TimeSpan? Usual => remaining.UsualMs() is { } ms
        ? TimeSpan.FromMilliseconds(ms)
        : _stage >= 0 ? remaining.ExpectedOf(_stage) : null;

    /// <summary>How long a stage takes, as far as what has been seen of the work tells.</summary>
    /// <exception cref="ArgumentException">The plan has no such stage.</exception>
    public void Expect(string stage, TimeSpan duration, bool isMeasured = false) => remaining.Expect(plan.IndexOf(stage), duration, isMeasured);

    /// <summary>The index of a stage that would begin; null where it is under way.</summary>
    /// <exception cref="ArgumentException">The plan has no such stage.</exception>
    public int? Next(string stage) => plan.IndexOf(stage) is var index && index != _stage ? index : null;

    /// <summary>Whether a stage begins for the first time.</summary>
    public bool IsNew(int index) => !_entered.Contains(index);

    /// <summary>Begins a stage; the one before it is over.</summary>
    public StageEvent Enter(int index)
    {
        var stage = plan.Stages[index];
        _entered.Add(index);
        _stage = index;
        _share = new BelievedShare();
        _guessed = 0;
        remaining.Enter(index);
        Told = null;
        Raise(0);
        return new StageEvent(stage.Name, stage.Label, index + 1, plan.Stages.Count)
        {
            ExpectedMs = (long?)Usual?.TotalMilliseconds,
        };
    }

    /// <summary>Takes note of an update, for the estimates and for the fraction that does not fall.</summary>
    public void Observe(ProgressUpdate update)
    {
        remaining.Observe(update);
        if (_share.Of(update) is not { } share)
            return;

        // What is guessed from the clock anyway is shown by the clock, where it is known how long the stage takes.
        if (update.Estimated && !plan.IsFixed && _stage >= 0 && remaining.ExpectedOf(_stage) is not null && remaining.Times()?.FractionNow is { } now)
            _floor = Math.Max(_floor, Below(now));
        else
            Raise(share);
    }

    /// <summary>What an update says of the whole; takes note of it too.</summary>
    public ProgressState Describe(ProgressUpdate update)
    {
        Observe(update);
        Told = remaining.Estimate();
        var stageFraction = update.Estimated && update.StageFraction is { } guess ? _guessed = Math.Max(_guessed, guess) : update.StageFraction;
        return new ProgressState
        {
            Stage = _stage >= 0 ? plan.Stages[_stage].Name : null,
            Fraction = stageFraction is null ? null : Math.Round(_floor, 5),
            StageFraction = stageFraction is { } s ? Math.Round(s, 5) : null,
            Current = Finite(update.Current),
            Total = Finite(update.Total),
            Unit = EventText.Line(update.Unit, MaxUnit),
            Message = EventText.Line(update.Message),
            Estimated = update.Estimated,
            Stalled = update.Stalled ? true : null,
            Eta = Told,
        };
    }

    /// <summary>Where it stands, to go back to.</summary>
    public StageMark Mark() => new(_stage, _floor, _share, Told, remaining.Mark());

    /// <summary>Goes back: nobody was told of what came since.</summary>
    public void Return(StageMark mark)
    {
        (_stage, _floor, _share, Told) = (mark.Stage, mark.Floor, mark.Share, mark.Told);
        remaining.Return(mark.Remaining);
    }

    private void Raise(double share)
    {
        var byTime = plan.IsFixed ? null : remaining.Times()?.FractionAt(share);
        _floor = Math.Max(_floor, Below(byTime ?? plan.FractionAt(Math.Max(_stage, 0), share)));
    }

    // 1 is what a job reaches by succeeding, and in no other way.
    private static double Below(double fraction) => Math.Min(fraction, 0.99999);

    private static double? Finite(double? value) => value is { } v && double.IsFinite(v) ? v : null;
}

/// <summary>Where an attempt was in its plan.</summary>
/// <param name="Stage">The index of the stage; −1 before the first.</param>
/// <param name="Floor">The overall fraction it does not fall below.</param>
/// <param name="Share">The share that its stage shows.</param>
/// <param name="Told">The estimate that was last described.</param>
/// <param name="Remaining">Where its estimate stood.</param>
internal readonly record struct StageMark(
    int Stage, double Floor, BelievedShare Share, Eta? Told, (StageProgress? Stage, int Index, int Finished) Remaining);
