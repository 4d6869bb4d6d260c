namespace ProgressHub.Workloads.Analysis.Engine;

/// <summary>
/// How far an import is, as the share of its time: each step takes so many times as long as the others, as a rule, and how long
/// they really took and take corrects that as it goes. The share that is done never falls; what is judged of the time may.
/// </summary>
internal sealed class ImportPace
{
    // What was expected of a step counts as much as so large a share of it that was seen: less of it tells little of its pace.
    private const double Trust = 0.1;

    // Of less of the first step than this its own pace can't be told.
    private const double LeastShare = 0.02;

    // A step that says nothing new is taken to go on as it went, for so much of it; one that has said nothing at all, for more.
    private const double Carried = 0.2;
    private const double CarriedUnheard = 0.8;

    private readonly TimeProvider _time;
    private readonly Action<ImportProgress> _tell;
    private readonly double[] _expected = new double[Enum.GetValues<ImportStep>().Length];
    private ImportStep? _step;
    private long _begun;
    private double _share;
    private double _shareAt;
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

        (_step, _begun, _share, _shareAt) = (step, now, 0, 0);
        At(0, 0);
    }

    /// <summary>The step under way is so far.</summary>
    /// <param name="share">The share of it, 0..1.</param>
    /// <param name="rows">How many rows of the table there are by now; 0 for none.</param>
    public void At(double share, long rows)
    {
        var step = (int)_step!.Value;
        var elapsed = _time.GetElapsedTime(_begun).TotalMilliseconds;
        if (share > _share)
            (_share, _shareAt) = (share, elapsed);
        var prior = _pastExpected > 0 ? _expected[step] * _past / _pastExpected : 0;
        double? judged = null;
        if (prior > 0 || _share >= LeastShare)
        {
            var trust = prior > 0 ? Trust : 0;
            var told = ((trust * prior) + _shareAt) / (trust + _share);
            var carried = Math.Min((elapsed - _shareAt) / Math.Max(told, double.Epsilon), _share > 0 ? Carried : CarriedUnheard);
            var now = Math.Min(1, _share + carried);
            var whole = ((trust * prior) + elapsed) / (trust + now);
            var expected = _pastExpected + _expected[step];
            var future = expected > 0 ? (_past + whole) / expected * _expected.Skip(step + 1).Sum() : 0;
            judged = (_past + elapsed) / Math.Max(double.Epsilon, _past + elapsed + ((1 - now) * whole) + future);
            _told = Math.Max(_told, judged.Value);
        }

        _tell(new ImportProgress(_told, rows, judged));
    }
}
