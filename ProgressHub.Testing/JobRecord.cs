using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Testing;

/// <summary>All that a handler told its job, in order. Safe to read while the handler runs.</summary>
public sealed class JobRecord
{
    private readonly Lock _gate = new();
    private readonly List<RecordedEvent> _events = [];
    private bool _closed;

    /// <summary>Everything, in order.</summary>
    public IReadOnlyList<RecordedEvent> Events
    {
        get
        {
            lock (_gate)
                return [.. _events];
        }
    }

    /// <summary>The names of the stages that began, in order.</summary>
    public IReadOnlyList<string> StageNames => [.. Of<RecordedStage>().Select(e => e.Name)];

    /// <summary>Every report of progress, in order.</summary>
    public IReadOnlyList<ProgressUpdate> Updates => [.. Of<RecordedProgress>().Select(e => e.Update)];

    /// <summary>The lines of the log, in order.</summary>
    public IReadOnlyList<RecordedLog> Lines => Of<RecordedLog>();

    /// <summary>The pieces of the result, in the order they were delivered; without those restored.</summary>
    public IReadOnlyList<PartialResult> Partials => [.. Of<RecordedPartial>().Select(e => e.Partial)];

    /// <summary>The questions that were asked, with their answers, in order.</summary>
    public IReadOnlyList<RecordedQuestion> Questions => Of<RecordedQuestion>();

    /// <summary>Adds what was told; false once the record is closed.</summary>
    internal bool Add(RecordedEvent what)
    {
        lock (_gate)
        {
            if (!_closed)
                _events.Add(what);
            return !_closed;
        }
    }

    /// <summary>Takes nothing from now on, as a job does whose attempt is over.</summary>
    internal void Close()
    {
        lock (_gate)
            _closed = true;
    }

    private T[] Of<T>()
        where T : RecordedEvent
    {
        lock (_gate)
            return [.. _events.OfType<T>()];
    }
}
