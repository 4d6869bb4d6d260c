using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Progress;

/// <summary>
/// Where a handler reports. Reports are coalesced at the source: the first goes out at once, then at most one each
/// interval, always the latest. Whatever else the job says flushes what is pending first, so that order holds.
/// </summary>
/// <remarks>
/// Unlike <c>System.Progress&lt;T&gt;</c> it is synchronous: a report made before the handler returns is counted, one
/// made after is not. While a report waits for the interval to pass, another costs a lock and a copy, and no clock.
/// </remarks>
internal sealed class JobProgress : IProgress<ProgressUpdate>, IDisposable
{
    private const int MaxUnit = 50;

    // While nothing is reported, what is left is judged anew: after 2 s, and then less and less often.
    private static readonly TimeSpan FirstReview = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestReview = TimeSpan.FromSeconds(15);
    private const double WorthTelling = 0.05;

    private readonly Lock _gate = new();
    private readonly EventWriter _writer;
    private readonly StagePlan _plan;
    private readonly RemainingTime _remaining;
    private readonly TimeSpan _interval;
    private readonly ITimer _timer;
    private ProgressUpdate _pending;
    private bool _hasPending;
    private bool _armed;
    private bool _closed;
    private int _stage = -1;
    private double _floor;
    private TimeSpan _review;
    private Eta? _told;

    public JobProgress(EventWriter writer, StagePlan plan, TimeSpan interval, TimeProvider time)
        : this(writer, plan, interval, time, new RemainingTime(time, plan, DurationModel.None, null))
    {
    }

    public JobProgress(
        EventWriter writer, StagePlan plan, TimeSpan interval, TimeProvider time, RemainingTime remaining)
    {
        _writer = writer;
        _plan = plan;
        _interval = interval;
        _remaining = remaining;
        _timer = time.CreateTimer(
            static state => ((JobProgress)state!).OnInterval(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Report(ProgressUpdate value)
    {
        lock (_gate)
        {
            if (_closed)
                return;
            _pending = value;
            _hasPending = true;
            if (_armed)
                return;

            EmitPending();
            Arm();
        }
    }

    /// <summary>Begins a stage. Beginning the one that is under way again changes nothing.</summary>
    /// <exception cref="ArgumentException">The plan has no such stage.</exception>
    public void BeginStage(string name)
    {
        lock (_gate)
        {
            var index = _plan.IndexOf(name);
            if (_closed || index == _stage)
                return;

            EmitPending();
            EnterStage(index);
            if (_remaining.Estimate() is null)
                return;

            // What earlier runs took is known before this one reports anything.
            Emit(_pending);
            if (!_armed)
                ReviewIn(FirstReview);
        }
    }

    /// <summary>How much there is to do, in the workload's unit.</summary>
    public void SetSize(double size)
    {
        lock (_gate)
            _remaining.Size = size;
    }

    /// <summary>How long the stage under way takes as a rule; null where nothing was learned and the plan does not say.</summary>
    public TimeSpan? Usual()
    {
        lock (_gate)
            return UsualOfStage();
    }

    /// <summary>The stages that are over; all of them, once this is closed.</summary>
    public IReadOnlyList<FinishedStage> Finished()
    {
        lock (_gate)
            return [.. _remaining.Finished];
    }

    /// <summary>Appends what updates say, each of them as a whole or not at all, and none of it coalesced.</summary>
    /// <param name="updates">The updates, in order.</param>
    /// <returns>The <c>seq</c> reached; null after the end.</returns>
    public long? AppendTogether(IReadOnlyList<ProgressGroup> updates)
    {
        lock (_gate)
        {
            if (_closed)
                return null;
            return _writer.AppendTogether(() =>
            {
                EmitPending();
                foreach (var update in updates)
                    AppendParts(update);
            });
        }
    }

    /// <summary>Appends an event that is neither coalesced nor dropped, after what is pending.</summary>
    /// <returns>False after the end.</returns>
    public bool Append(JobEvent jobEvent, Func<Job, Job>? transition = null)
    {
        lock (_gate)
        {
            if (_closed)
                return false;
            EmitPending();
            if (jobEvent is InputRequiredEvent)
                _remaining.Pause();
            else if (jobEvent is InputReceivedEvent)
                _remaining.Resume();
            return _writer.Append(jobEvent, transition);
        }
    }

    /// <summary>Flushes what is pending; from here on every report is a no-op.</summary>
    public void Close()
    {
        lock (_gate)
        {
            if (_closed)
                return;
            EmitPending();
            _remaining.Leave();
            _closed = true;
        }
    }

    public void Dispose()
    {
        Close();
        _timer.Dispose();
    }

    private void AppendParts(ProgressGroup update)
    {
        if (update.Stage is { } name && _plan.IndexOf(name) is var index && index != _stage)
            EnterStage(index, update.Report);
        if (update.Progress is { } progress)
        {
            _pending = progress;
            _hasPending = true;
            EmitPending(update.Report);
        }

        foreach (var jobEvent in update.Events)
            _writer.Append(jobEvent with { Report = update.Report });
    }

    private void EnterStage(int index, long? report = null)
    {
        var stage = _plan.Stages[index];
        _stage = index;
        _remaining.Enter(index);
        _writer.Append(new StageEvent(stage.Name, stage.Label, index + 1, _plan.Stages.Count)
        {
            Report = report, ExpectedMs = (long?)UsualOfStage()?.TotalMilliseconds,
        });
        _pending = new ProgressUpdate(Message: stage.Label);
        _told = null;
        _floor = Math.Max(_floor, Below(_plan.FractionAt(index, 0)));
    }

    private TimeSpan? UsualOfStage() => _remaining.UsualMs() is { } ms
        ? TimeSpan.FromMilliseconds(ms)
        : _stage >= 0 ? _plan.Stages[_stage].Expected : null;

    private void OnInterval()
    {
        lock (_gate)
        {
            var wasReview = !_armed;
            _armed = false;
            if (_closed)
                return;
            if (_hasPending)
            {
                EmitPending();
                Arm();
            }
            else if (wasReview)
            {
                Review();
            }
            else
            {
                ReviewIn(FirstReview);
            }
        }
    }

    private void Arm()
    {
        _armed = true;
        _timer.Change(_interval, Timeout.InfiniteTimeSpan);
    }

    private void ReviewIn(TimeSpan delay)
    {
        if (_told is null)
            return;
        _review = delay;
        _timer.Change(delay, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Nothing was reported for a while: tells what is left where that has changed.</summary>
    private void Review()
    {
        if (!_remaining.IsPaused && _remaining.Estimate() is { } now && _told is { } told &&
            (now.LongerThanUsual != told.LongerThanUsual || Math.Abs(now.P50Ms - told.P50Ms) > WorthTelling * told.P50Ms))
            Emit(_pending);
        var longer = _review * 2;
        ReviewIn(longer < LongestReview ? longer : LongestReview);
    }

    private void EmitPending(long? report = null)
    {
        if (!_hasPending)
            return;
        _hasPending = false;
        Emit(_pending, report);
    }

    private void Emit(ProgressUpdate update, long? report = null)
    {
        var stageFraction = update.StageFraction;
        if (stageFraction is { } share)
            _floor = Math.Max(_floor, Below(_plan.FractionAt(Math.Max(_stage, 0), share)));
        _remaining.Observe(_floor, stageFraction, update.Estimated);
        _told = _remaining.Estimate();
        _writer.Append(new ProgressEvent
        {
            Stage = _stage >= 0 ? _plan.Stages[_stage].Name : null,
            Fraction = stageFraction is null ? null : Math.Round(_floor, 5),
            StageFraction = stageFraction is { } s ? Math.Round(s, 5) : null,
            Current = Finite(update.Current),
            Total = Finite(update.Total),
            Unit = EventText.Line(update.Unit, MaxUnit),
            Message = EventText.Line(update.Message),
            Estimated = update.Estimated,
            Stalled = update.Stalled ? true : null,
            Report = report,
            Eta = _told,
        });
    }

    // 1 is what a job reaches by succeeding, and in no other way.
    private static double Below(double fraction) => Math.Min(fraction, 0.99999);

    private static double? Finite(double? value) => value is { } v && double.IsFinite(v) ? v : null;
}
