using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Events;

/// <summary>
/// An event encoded once, for everybody: the bytes of its server-sent-events frame, which contain its JSON. Immutable,
/// so that all watchers may send the same array.
/// </summary>
/// <remarks>The frame is that of WHATWG HTML, section 9.2.6; JSON never holds a raw CR or LF, so a line can't break it.</remarks>
public sealed class EventFrame
{
    private readonly byte[] _sse;
    private readonly int _jsonStart;

    private EventFrame(JobId jobId, long seq, string type, int? item, byte[] sse, int jsonStart)
    {
        JobId = jobId;
        Seq = seq;
        Type = type;
        Item = item;
        _sse = sse;
        _jsonStart = jsonStart;
    }

    /// <summary>The job.</summary>
    public JobId JobId { get; }

    /// <summary>The event's number within the job.</summary>
    public long Seq { get; }

    /// <summary>The event's type on the wire.</summary>
    public string Type { get; }

    /// <summary>The index of a partial; null for any other event.</summary>
    public int? Item { get; }

    /// <summary>Whether it is the job's last.</summary>
    public bool IsDone => Type == EventTypes.Done;

    /// <summary>Whether a later one of its type makes it superfluous.</summary>
    public bool IsProgress => Type == EventTypes.Progress;

    /// <summary>The job's state once this event has happened, where it is known without reading the log.</summary>
    public JobSnapshot? SnapshotAfter { get; private init; }

    /// <summary>
    /// Of a job's last event, the number of its end among its owner's; null where it was read from the log. The commit
    /// gives it, so it is set once, before anybody is shown the frame.
    /// </summary>
    public long? Ending { get; internal set; }

    /// <summary>The whole server-sent-events frame: <c>event:</c>, <c>id:</c>, <c>data:</c> and the blank line.</summary>
    public ReadOnlyMemory<byte> Sse => _sse;

    /// <summary>The event's JSON, in UTF-8.</summary>
    public ReadOnlyMemory<byte> Json => _sse.AsMemory(_jsonStart, _sse.Length - _jsonStart - 2);

    /// <summary>Encodes an event.</summary>
    /// <param name="jobEvent">The event, with its number.</param>
    /// <param name="after">The job's state once it has happened.</param>
    public static EventFrame Encode(JobEvent jobEvent, JobSnapshot? after)
    {
        var (sse, jsonStart) = FrameBuffer.Encode(jobEvent);
        return new EventFrame(
            jobEvent.JobId, jobEvent.Seq, jobEvent.Type, (jobEvent as PartialEvent)?.Index, sse, jsonStart)
        {
            SnapshotAfter = after,
        };
    }

    /// <summary>Makes the frame of an event read back from the log.</summary>
    public static EventFrame FromStored(JobId jobId, long seq, string type, int? item, ReadOnlySpan<byte> json)
    {
        var (sse, jsonStart) = FrameBuffer.Wrap(type, seq, json);
        return new EventFrame(jobId, seq, type, item, sse, jsonStart);
    }

    /// <summary>Reads the event back from its JSON.</summary>
    public JobEvent Decode() => EventJson.Deserialize(Type, Json.Span);
}
