namespace ProgressHub.Workloads.Analysis.Engine;

/// <summary>
/// How far an import is, as the share of its time: each step takes so many times as long as the others, as a rule, and how long
/// they really took and take corrects that as it goes. The share that is done never falls; what is judged of the time may.
/// </summary>
internal sealed class ImportPace
{
    // Of less of a step than this its own pace can't be told.
    private const double LeastShare = 0.02;

    // Of a step that has outlasted what was expected, so much of its age is taken to be left.
    private const double RestOfTheUnknown = 0.25;

    private readonly TimeProvider _time;
    private readonly Action<ImportProgress> _tell;
    private readonly double[] _expected = new double[Enum.GetValues<ImportStep>().Length];
    private ImportStep? _step;
    private long _begun;
    private double _past;
    private double _pastExpected;
    private double _told;

    /// <param name="time">The clock.</param>
    /// <param name="tell">Hears how far it is.</param>
    public ImportPace(TimeProvider time, Action<ImportProgress> tell) => (_time, _tell) = (time, tell);

    /// <summary>Says how long steps take, in any unit that is the same for all of them; those that are not named take no time.</summary>
    public void Expect(params ReadOnlySpan<(ImportStep Step, double Time)> steps)
    {
        foreach (var (step, time) in steps)
            _expected[(int)step] = time;
    }

    /// <summary>A step begins, or begins again; the one before it is over.</summary>
    public void Begin(ImportStep step)
    {
        var now = _time.GetTimestamp();
        if (_step is { } before)
        {
            _past += _time.GetElapsedTime(_begun, now).TotalMilliseconds;
            _pastExpected += before == step ? 0 : _expected[(int)before];
        }

        (_step, _begun) = (step, now);
        At(0, 0);
    }

    /// <summary>The step under way is so far.</summary>
    /// <param name="share">The share of it, 0..1.</param>
    /// <param name="rows">How many rows of the table there are by now; 0 for none.</param>
    public void At(double share, long rows)
    {
        var step = (int)_step!.Value;
        var elapsed = _time.GetElapsedTime(_begun).TotalMilliseconds;
        var isKnown = share >= LeastShare;
        var (took, expected) = isKnown ? (_past + (elapsed / share), _pastExpected + _expected[step]) : (_past, _pastExpected);
        double? judged = null;
        if (took > 0 && expected > 0)
        {
            var pace = took / expected;
            var left = isKnown ? elapsed * (1 - share) / share : Math.Max((_expected[step] * pace) - elapsed, RestOfTheUnknown * elapsed);
            var future = pace * _expected.Skip(step + 1).Sum();
            judged = (_past + elapsed) / Math.Max(double.Epsilon, _past + elapsed + left + future);
            _told = Math.Max(_told, judged.Value);
        }

        _tell(new ImportProgress(_told, rows, judged));
    }
}
