using System.Buffers.Text;
using System.Text;
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
    public bool IsDone => Type == "done";

    /// <summary>Whether a later one of its type makes it superfluous.</summary>
    public bool IsProgress => Type == "progress";

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
        var json = EventJson.Serialize(jobEvent);
        return Build(jobEvent.JobId, jobEvent.Seq, jobEvent.Type, (jobEvent as PartialEvent)?.Index, json, after);
    }

    /// <summary>Makes the frame of an event read back from the log.</summary>
    public static EventFrame FromStored(JobId jobId, long seq, string type, int? item, ReadOnlySpan<byte> json) =>
        Build(jobId, seq, type, item, json, null);

    /// <summary>Reads the event back from its JSON.</summary>
    public JobEvent Decode() => EventJson.Deserialize(Type, Json.Span);

    private static EventFrame Build(
        JobId jobId, long seq, string type, int? item, ReadOnlySpan<byte> json, JobSnapshot? after)
    {
        Span<byte> number = stackalloc byte[20];
        Utf8Formatter.TryFormat(seq, number, out var digits);
        var sse = new byte["event: \nid: \ndata: \n\n"u8.Length + type.Length + digits + json.Length];

        var position = Copy("event: "u8, sse, 0);
        position += Encoding.ASCII.GetBytes(type, sse.AsSpan(position));
        position = Copy("\nid: "u8, sse, position);
        position = Copy(number[..digits], sse, position);
        position = Copy("\ndata: "u8, sse, position);
        var jsonStart = position;
        position = Copy(json, sse, position);
        Copy("\n\n"u8, sse, position);

        return new EventFrame(jobId, seq, type, item, sse, jsonStart) { SnapshotAfter = after };
    }

    private static int Copy(ReadOnlySpan<byte> source, byte[] target, int position)
    {
        source.CopyTo(target.AsSpan(position));
        return position + source.Length;
    }
}
