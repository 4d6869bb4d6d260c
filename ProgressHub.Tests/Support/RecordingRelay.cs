using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Support;

/// <summary>A relay between nodes that a test plays: it keeps what was sent, and delivers only what the test takes from it.</summary>
internal sealed class RecordingRelay : IEventRelay
{
    private readonly Lock _gate = new();
    private readonly List<EventFrame> _sent = [];
    private readonly List<JobId> _watched = [];

    public bool IsShared => true;

    /// <summary>Runs when a job is asked for.</summary>
    public Action? OnWatch { get; set; }

    /// <summary>What was sent, in order, as other nodes see it: bytes, without the state after each event.</summary>
    public IReadOnlyList<EventFrame> Sent
    {
        get
        {
            lock (_gate)
                return [.. _sent.Select(f => EventFrame.FromStored(f.JobId, f.Seq, f.Type, f.Item, f.Json.Span))];
        }
    }

    /// <summary>The jobs that were asked for.</summary>
    public IReadOnlyList<JobId> Watched
    {
        get
        {
            lock (_gate)
                return [.. _watched];
        }
    }

    public ValueTask WatchAsync(JobId id)
    {
        OnWatch?.Invoke();
        lock (_gate)
            _watched.Add(id);
        return ValueTask.CompletedTask;
    }

    public void WatchOwner(string owner)
    {
        // Tests play one job's events.
    }

    public void Publish(string owner, IReadOnlyList<EventFrame> frames)
    {
        lock (_gate)
            _sent.AddRange(frames);
    }
}
