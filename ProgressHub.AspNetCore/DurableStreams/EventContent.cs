using System.Buffers;
using ProgressHub.Core.Events;

namespace ProgressHub.AspNetCore.DurableStreams;

/// <summary>Every event as a message of its own; a body is a JSON array of them (Durable Streams, section 7.1).</summary>
internal sealed class EventContent : StreamContent
{
    public override string ContentType => "application/json";

    public override bool Has(EventFrame frame) => true;

    public override void WriteBody(IBufferWriter<byte> target, IReadOnlyList<EventFrame> frames)
    {
        var separator = "["u8;
        foreach (var frame in frames)
        {
            target.Write(separator);
            target.Write(frame.Json.Span);
            separator = ",\n"u8;
        }

        target.Write(frames.Count == 0 ? "[]"u8 : "]"u8);
    }

    public override void WriteData(IBufferWriter<byte> target, EventFrame frame)
    {
        // JSON never holds a raw CR or LF: it is one line.
        target.Write("data: ["u8);
        target.Write(frame.Json.Span);
        target.Write("]\n"u8);
    }
}
