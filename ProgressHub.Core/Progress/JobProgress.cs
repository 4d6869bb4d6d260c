using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Progress;

/// <summary>
/// Where a handler reports. Reports are coalesced at the source: the first goes out at once, then at most one each
/// interval, always the latest. Whatever else the job says in between carries what was reported before it, so that order
/// holds and the bound too.
/// </summary>
/// <remarks>
/// Unlike <c>System.Progress&lt;T&gt;</c> it is synchronous: a report made before the handler returns is counted, one
/// made after is not. While a report waits for the interval to pass, another costs a lock and a copy, and no clock.
/// </remarks>
internal sealed class JobProgress : IProgress<ProgressUpdate>, IDisposable
{
    // While nothing is reported, what is left is judged anew: after 2 s, and then less and less often.
    private static readonly TimeSpan FirstReview = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestReview = TimeSpan.FromSeconds(15);
    private const double WorthTelling = 0.05;

    private readonly Lock _gate = new();
    private readonly EventWriter _writer;
    private readonly StageTracker _stages;
    private readonly TimeSpan _interval;
    private readonly ITimer _timer;
    private ProgressUpdate _pending;
    private bool _hasPending;

    // Another event has carried what is pending. It still goes out by itself when its time comes, for whoever listens to
    // progress alone.
    private bool _isCarried;
    private bool _isFirstOfStage;
    private bool _armed;
    private bool _closed;
    private TimeSpan _review;

    public JobProgress(EventWriter writer, StagePlan plan, TimeSpan interval, TimeProvider time)
        : this(writer, plan, interval, time, new RemainingTime(time, plan, DurationModel.None, null))
    {
    }

    public JobProgress(
        EventWriter writer, StagePlan plan, TimeSpan interval, TimeProvider time, RemainingTime remaining)
    {
        _writer = writer;
        _interval = interval;
        _stages = new StageTracker(plan, remaining);
        _timer = time.CreateTimer(
            static state => ((JobProgress)state!).OnInterval(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Report(ProgressUpdate value)
    {
        lock (_gate)
        {
            if (_closed)
                return;

            // A guess that takes the place of a count says nothing about the rate: the count is noted before it is lost.
            if (value.Estimated && _hasPending && !_isCarried && !_pending.Estimated)
                _stages.Observe(_pending);
            _pending = value;
            (_hasPending, _isCarried) = (true, false);
            if (_armed)
            {
                ObserveFirst();
                return;
            }

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
            var next = _stages.Next(name);
            if (_closed || next is not { } index)
                return;

            // How far the stage before it came is told by itself once: of stages there are few, unless they alternate.
            if (_stages.IsNew(index) && !_isCarried)
                EmitPending();
            _writer.Append(Enter(index));
            if (_stages.Remaining.Estimate() is null)
                return;

            // What earlier runs took is known before this one reports anything.
            _hasPending = _armed;
            if (_armed)
                return;
            Emit(_pending);
            Arm();
        }
    }

    /// <summary>Takes note of what was found out about the work: how much there is, how long a stage takes.</summary>
    public void Learn(Action<StageTracker> what)
    {
        lock (_gate)
            what(_stages);
    }

    /// <summary>How long the stage under way takes as a rule; null where nothing was learned and the plan does not say.</summary>
    public TimeSpan? Usual()
    {
        lock (_gate)
            return _stages.Usual;
    }

    /// <summary>The stages that are over; all of them, once this is closed.</summary>
    public IReadOnlyList<FinishedStage> Finished()
    {
        lock (_gate)
            return [.. _stages.Remaining.Finished];
    }

    /// <summary>
    /// Appends what updates say, all of it or nothing. What an update reports beside other things is carried by them like any
    /// other report; one that says nothing else is an event of its own, because its number must be in the log.
    /// </summary>
    /// <param name="updates">The updates, in order.</param>
    /// <returns>The <c>seq</c> reached; null after the end.</returns>
    /// <exception cref="ArgumentException">The plan has no such stage; nothing was appended.</exception>
    /// <exception cref="InvalidOperationException">Far too many events wait for the disk; nothing was appended.</exception>
    public long? AppendTogether(IReadOnlyList<ProgressGroup> updates)
    {
        lock (_gate)
        {
            if (_closed)
                return null;
            var before = (_pending, _hasPending, _isCarried);
            var mark = _stages.Mark();
            try
            {
                List<JobEvent> events = [];
                foreach (var update in updates)
                    AddParts(update, events);
                var reached = _writer.AppendTogether(events);
                if (!_armed && events.Exists(e => e is ProgressEvent))
                    Arm();
                return reached;
            }
            catch
            {
                (_pending, _hasPending, _isCarried) = before;
                _stages.Return(mark);
                throw;
            }
        }
    }

    /// <summary>Appends an event that is neither coalesced nor dropped; it carries what was reported before it.</summary>
    /// <returns>False after the end.</returns>
    public bool Append(JobEvent jobEvent, Func<Job, Job>? transition = null)
    {
        lock (_gate)
        {
            if (_closed)
                return false;
            if (jobEvent is InputRequiredEvent)
                _stages.Remaining.Pause();
            else if (jobEvent is InputReceivedEvent)
                _stages.Remaining.Resume();
            var carried = ToCarry();
            var taken = _writer.Append(carried is null ? jobEvent : jobEvent with { Progress = carried }, transition);
            _isCarried |= carried is not null;
            return taken;
        }
    }

    /// <summary>Flushes what is pending; from here on every report is a no-op.</summary>
    public void Close()
    {
        lock (_gate)
        {
            if (_closed)
                return;
            if (!_isCarried)
                EmitPending();
            _stages.Remaining.Leave();
            _closed = true;
        }
    }

    public void Dispose()
    {
        Close();
        _timer.Dispose();
    }

    private void AddParts(ProgressGroup update, List<JobEvent> events)
    {
        if (update.Stage is { } name && _stages.Next(name) is { } index)
            events.Add(Enter(index) with { Report = update.Report });
        if (update.Progress is { } progress)
        {
            _pending = progress;
            (_hasPending, _isCarried) = (true, false);
        }

        // Not before one is due, nor where there is nothing to carry it.
        if (update.Progress is not null && (!_armed || update.Events.Count == 0))
        {
            events.Add(_stages.Describe(_pending).ToEvent() with { Report = update.Report });
            _hasPending = false;
        }

        foreach (var jobEvent in update.Events)
        {
            events.Add(jobEvent with { Report = update.Report, Progress = ToCarry() });
            _isCarried = true;
        }
    }

    private StageEvent Enter(int index)
    {
        var carried = ToCarry();
        var begun = _stages.Enter(index);
        _pending = new ProgressUpdate(Message: begun.Label);
        (_hasPending, _isCarried, _isFirstOfStage) = (false, false, true);
        return begun with { Progress = carried };
    }

    /// <summary>A handler says first of all what it restored: that counts even where another report soon takes its place.</summary>
    private void ObserveFirst()
    {
        if (!_isFirstOfStage)
            return;
        _isFirstOfStage = false;
        _stages.Observe(_pending);
    }

    /// <summary>What was reported and no event says yet; null where there is nothing.</summary>
    private ProgressState? ToCarry() => _hasPending && !_isCarried ? _stages.Describe(_pending) : null;

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
        if (_stages.Told is null)
            return;
        _review = delay;
        _timer.Change(delay, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Nothing was reported for a while: tells what is left where that has changed.</summary>
    private void Review()
    {
        if (!_stages.Remaining.IsPaused && _stages.Remaining.Estimate() is { } now && _stages.Told is { } told &&
            (now.LongerThanUsual != told.LongerThanUsual || Math.Abs(now.P50Ms - told.P50Ms) > WorthTelling * told.P50Ms))
            Emit(_pending);
        var longer = _review * 2;
        ReviewIn(longer < LongestReview ? longer : LongestReview);
    }

    private void EmitPending()
    {
        if (!_hasPending)
            return;
        (_hasPending, _isCarried, _isFirstOfStage) = (false, false, false);
        Emit(_pending);
    }

    private void Emit(ProgressUpdate update) => _writer.Append(_stages.Describe(update).ToEvent());
}
