namespace ProgressHub.Core.Progress;

/// <summary>
/// How long the stages of an attempt take, each judged by the best that is known of it: what it took, what it has counted so
/// far, what earlier runs took, what the plan expects. The overall fraction and, where nothing was learned, the estimate of
/// the time left come from it. Not thread-safe; its owner locks.
/// </summary>
internal sealed class StageForecast
{
    // A count means something once it has moved so often, so far and for so long.
    private const int LeastMoves = 3;
    private const double LeastShare = 0.02;
    private const double LeastMs = 2000;

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
    private int? _measured;

    public StageForecast(StagePlan plan, DurationModel history)
    {
        _plan = plan;
        _history = history;
        _expected = [.. plan.Stages.Select(s => s.Expected)];
        _priors = Weigh();
    }

    /// <summary>How long a stage is expected to take; null where nobody has said.</summary>
    public TimeSpan? ExpectedOf(int index) => _expected[index];

    /// <summary>How long a stage is expected to take, in the place of what the plan says.</summary>
    /// <param name="index">The stage.</param>
    /// <param name="duration">How long it takes.</param>
    /// <param name="isMeasured">Whether its own pace says so, as of now.</param>
    public void Expect(int index, TimeSpan duration, bool isMeasured)
    {
        _measured = isMeasured ? index : _measured == index ? null : _measured;
        _expected[index] = duration > TimeSpan.Zero ? duration : TimeSpan.Zero;
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
        var counted = Counted(stage, now);
        var known = stage.Restored < Restored ? counted ?? Learned(stage, now, size) : null;
        var pastMs = finished.Sum(f => f.Restored < Restored ? f.Ms / (1 - f.Restored) : 0);

        // Where the plan says how long some stages take, only those tell how right it is.
        var judged = finished.Where(f => f.Restored < Restored && Tells(_plan.IndexOf(f.Name))).ToList();
        var (took, expected) = (judged.Sum(f => f.Ms / (1 - f.Restored)), judged.Select(f => f.Name).Where(n => n != stage.Name).Distinct().Sum(n => _priors[_plan.IndexOf(n)]));
        if (known is { } rest && Tells(index))
            (took, expected) = (took + ((elapsed + rest) / (1 - stage.Restored)), expected + _priors[index]);
        else if (!_inTime && pastMs < LeastMs)
            return null;
        var pace = _inTime ? (took + CorrectionFromMs) / (expected + CorrectionFromMs) : took / expected;

        // How long this one takes is not known yet, but that it has taken so long already: where that is more than was expected, the
        // others take longer too.
        if (known is null && _inTime && Tells(index) && stage.Restored < Restored)
            pace = Math.Max(pace, (took + elapsed + CorrectionFromMs) / (expected + _priors[index] + CorrectionFromMs));

        var isMeasured = _measured == index;
        var left = known ?? (isMeasured
            ? Math.Max(_priors[index] - elapsed, elapsed * RestOfTheMeasured)
            : Math.Max((_priors[index] * pace) - elapsed, elapsed * RestOfTheUnknown));
        var present = stage.Restored < Restored && known is not null ? (elapsed + left) / (1 - stage.Restored) : elapsed + left;
        var future = 0.0;
        for (var i = index + 1; i < _priors.Length; i++)
            future += _history.Find(_plan.Stages[i].Name)?.Whole(size).P50Ms ?? _priors[i] * pace;
        return new StageTimes(pastMs, present, left, future) { IsMeasured = counted is not null || isMeasured || (_inTime && pastMs >= LeastMs) };
    }

    private bool Tells(int index) => !_inTime || _expected[index] is not null;

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

    private double? Counted(StageProgress stage, TimeSpan now) =>
        _history.Find(stage.Name) is null && stage.CountAt(now) is { } count &&
        stage.Moves >= LeastMoves && count.Share >= LeastShare && count.ElapsedMs >= LeastMs
            ? count.Share >= 1 ? 0 : LiveRest.Judge(count, [])?.Ms
            : null;
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
