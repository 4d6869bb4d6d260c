namespace ProgressHub.Core.Progress;

/// <summary>
/// How long the stages of an attempt take, each judged by the best that is known of it: what it took, what it has counted so
/// far, what earlier runs took, what the plan expects. The overall fraction and, where nothing was learned, the estimate of
/// the time left come from it. Not thread-safe; its owner locks.
/// </summary>
internal sealed class StageForecast
{
    // A count means something once it has moved so often, so far and for so long: sooner where the job has taken that time already
    // and the count has come some way.
    private const int LeastMoves = 3;
    private const double LeastShare = 0.02;
    private const double LeastMs = 2000;
    private const double SomeWay = 0.05;
    private const double LeastMsOfSomeWay = 250;

    // What the plan expects is corrected by how long the stages so far took; by so little of it hardly at all.
    private const double CorrectionFromMs = 1000;

    // Of a stage that has outlasted what was expected, so much of its age is taken to be left.
    private const double RestOfTheUnknown = 0.25;
    private const double RestOfTheMeasured = 0.02;

    // Nearly all of it was done before this attempt: how long it took says nothing.
    private const double Restored = 0.999;

    private readonly StagePlan _plan;
    private readonly DurationModel _history;
    private readonly TimeSpan?[] _expected;
    private double[] _priors;
    private bool _inTime;
    private (int Index, double Ms)? _measured;

    public StageForecast(StagePlan plan, DurationModel history)
    {
        _plan = plan;
        _history = history;
        _expected = [.. plan.Stages.Select(s => s.Expected)];
        _priors = Weigh();
    }

    /// <summary>How long a stage is expected to take; null where nobody has said.</summary>
    public TimeSpan? ExpectedOf(int index) => _measured is { } measured && measured.Index == index
        ? TimeSpan.FromMilliseconds(measured.Ms)
        : _expected[index];

    /// <summary>How long a stage is expected to take, in the place of what the plan says.</summary>
    /// <param name="index">The stage.</param>
    /// <param name="duration">How long it takes.</param>
    /// <param name="isMeasured">Whether its own pace says so, as of now.</param>
    public void Expect(int index, TimeSpan duration, bool isMeasured)
    {
        duration = duration > TimeSpan.Zero ? duration : TimeSpan.Zero;
        if (isMeasured)
        {
            _measured = (index, duration.TotalMilliseconds);
            return;
        }

        if (_measured?.Index == index)
            _measured = null;
        _expected[index] = duration;
        _priors = Weigh();
    }

    /// <summary>Judges all stages as of now; null while the plan's weights say as much as could be said.</summary>
    /// <param name="finished">The stages that are over.</param>
    /// <param name="index">The place of the one under way.</param>
    /// <param name="stage">How far it is.</param>
    /// <param name="now">The clock of the attempt.</param>
    /// <param name="size">How much there is to do, in the workload's unit; null where that is unknown.</param>
    public StageTimes? Judge(IReadOnlyList<FinishedStage> finished, int index, StageProgress stage, TimeSpan now, double? size)
    {
        var elapsed = (now - stage.EnteredAt).TotalMilliseconds;
        var isOpen = stage.Restored < Restored;
        var pastMs = finished.Sum(f => f.Restored < Restored ? f.Ms / (1 - f.Restored) : 0);
        var shown = isOpen ? Measured(index, elapsed) ?? Counted(stage, now, pastMs) : null;
        var known = shown ?? (isOpen ? Learned(stage, now, size) : null);
        if (known is null && !_inTime && pastMs < LeastMs)
            return null;

        // Nearly done before this attempt, it says nothing of how quick anything is.
        var present = (Index: index, Ms: isOpen ? (elapsed + (known ?? 0)) / (1 - stage.Restored) : (double?)null, IsKnown: known is not null);
        double Pace(int other) => PaceOf(_plan.Stages[other].Resource, finished, present).Pace;

        var left = known ?? Math.Max((_priors[index] * Pace(index)) - elapsed, elapsed * RestOfTheUnknown);
        var whole = isOpen && known is not null ? (elapsed + left) / (1 - stage.Restored) : elapsed + left;
        var future = 0.0;
        for (var i = index + 1; i < _priors.Length; i++)
            future += _history.Find(_plan.Stages[i].Name)?.Whole(size).P50Ms ?? _priors[i] * Pace(i);
        var seenMs = _inTime ? PaceOf(_plan.Stages[index].Resource, finished, null).SeenMs : 0;
        return new StageTimes(pastMs, whole, left, future) { IsMeasured = shown is not null || seenMs >= LeastMs };
    }

    /// <summary>
    /// How many times as long as expected stages take that depend on one resource, by those that are over and the one under
    /// way; with nothing seen of it, just as long. And how much was seen, in milliseconds.
    /// </summary>
    private (double Pace, double SeenMs) PaceOf(
        string? resource, IReadOnlyList<FinishedStage> finished, (int Index, double? Ms, bool IsKnown)? present)
    {
        // Where the plan says how long some stages take, only those tell how right it is. Where it says so of none, weights are all
        // there is, and compare stages with one another whatever they depend on.
        bool Tells(int index) => !_inTime || (_expected[index] is not null && _plan.Stages[index].Resource == resource);

        var judged = finished.Where(f => f.Restored < Restored && Tells(_plan.IndexOf(f.Name))).ToList();
        var stages = judged.Select(f => _plan.IndexOf(f.Name)).ToHashSet();
        var took = judged.Sum(f => f.Ms / (1 - f.Restored));
        var seen = Ratio(took, stages.Sum(i => _priors[i]));
        if (present is not { Ms: { } ms } now || !Tells(now.Index))
            return (seen, took);

        // How long this one takes is not known yet, but that it has taken so long already: where that is more than was expected, the
        // others take longer too.
        stages.Add(now.Index);
        var with = Ratio(took + ms, stages.Sum(i => _priors[i]));
        return (now.IsKnown ? with : _inTime ? Math.Max(seen, with) : seen, took);
    }

    private double Ratio(double took, double expected) =>
        _inTime ? (took + CorrectionFromMs) / (expected + CorrectionFromMs) : took / expected;

    private double[] Weigh()
    {
        var timed = _plan.Stages.Index().Where(s => _expected[s.Index] is not null).ToList();
        _inTime = timed.Count > 0;

        // In milliseconds where it is known how long at least one stage takes; else shares, good for proportions alone.
        var unit = _inTime ? timed.Sum(s => _expected[s.Index]!.Value.TotalMilliseconds) / timed.Sum(s => s.Item.Weight) : 1;
        return [.. _plan.Stages.Select((s, i) => Math.Max(_expected[i]?.TotalMilliseconds ?? s.Weight * unit, double.Epsilon))];
    }

    private double? Learned(StageProgress stage, TimeSpan now, double? size)
    {
        if (_history.Find(stage.Name) is not { } usual)
            return null;
        return stage.CountAt(now) is { } count
            ? usual.Rest(size * (1 - stage.Restored), count).Left.P50Ms
            : usual.Rest(size, (now - stage.EnteredAt).TotalMilliseconds).P50Ms;
    }

    /// <summary>By what the handler says of the stage under way, from the pace that it sees.</summary>
    private double? Measured(int index, double elapsed) => _measured is { } measured && measured.Index == index && _history.Find(_plan.Stages[index].Name) is null
        ? Math.Max(measured.Ms - elapsed, elapsed * RestOfTheMeasured)
        : null;

    private double? Counted(StageProgress stage, TimeSpan now, double pastMs)
    {
        if (_history.Find(stage.Name) is not null || stage.CountAt(now) is not { } count || stage.Moves < LeastMoves)
            return null;
        var isLong = count.Share >= LeastShare && count.ElapsedMs >= LeastMs;
        var isFar = count.Share >= SomeWay && count.ElapsedMs >= LeastMsOfSomeWay && pastMs + count.ElapsedMs >= LeastMs;
        return isLong || isFar ? stage.RestMs(now) : null;
    }
}

/// <summary>How long the stages of an attempt take, in milliseconds, restored work counted as if it were done again.</summary>
/// <param name="Past">Those that are over.</param>
/// <param name="Present">The one under way, as a whole.</param>
/// <param name="Left">What of that is left.</param>
/// <param name="Future">Those to come.</param>
internal readonly record struct StageTimes(double Past, double Present, double Left, double Future)
{
    /// <summary>Whether this attempt itself has shown how quick it is.</summary>
    public bool IsMeasured { get; init; }

    /// <summary>The overall fraction, 0..1, as of now; null where all of it takes no time.</summary>
    public double? FractionNow => Past + Present + Future is > 0 and < double.PositiveInfinity and var all ? (Past + Present - Left) / all : null;

    /// <summary>The overall fraction, 0..1, at a share of the stage under way; null where all of it takes no time.</summary>
    public double? FractionAt(double share) => Past + Present + Future is > 0 and < double.PositiveInfinity and var all
        ? (Past + (Present * share)) / all
        : null;
}
