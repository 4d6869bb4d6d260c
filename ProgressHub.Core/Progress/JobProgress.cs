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

    public JobProgress(EventWriter writer, StagePlan plan, TimeSpan interval, TimeProvider time)
    {
        _writer = writer;
        _plan = plan;
        _interval = interval;
        _remaining = new RemainingTime(time);
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
            var stage = _plan.Stages[index];
            _writer.Append(new StageEvent(stage.Name, stage.Label, index + 1, _plan.Stages.Count));
            _stage = index;
            _floor = Math.Max(_floor, Below(_plan.FractionAt(index, 0)));
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
            _closed = true;
        }
    }

    public void Dispose()
    {
        Close();
        _timer.Dispose();
    }

    private void OnInterval()
    {
        lock (_gate)
        {
            _armed = false;
            if (_closed || !_hasPending)
                return;
            EmitPending();
            Arm();
        }
    }

    private void Arm()
    {
        _armed = true;
        _timer.Change(_interval, Timeout.InfiniteTimeSpan);
    }

    private void EmitPending()
    {
        if (!_hasPending)
            return;
        _hasPending = false;

        var update = _pending;
        var stageFraction = update.StageFraction;
        if (stageFraction is { } share)
            _floor = Math.Max(_floor, Below(_plan.FractionAt(Math.Max(_stage, 0), share)));
        _remaining.Observe(_floor);
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
            Eta = _remaining.Estimate(),
        });
    }

    // 1 is what a job reaches by succeeding, and in no other way.
    private static double Below(double fraction) => Math.Min(fraction, 0.99999);

    private static double? Finite(double? value) => value is { } v && double.IsFinite(v) ? v : null;
}
