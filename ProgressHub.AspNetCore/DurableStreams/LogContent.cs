using System.Buffers;
using System.Text;
using ProgressHub.Core.Events;

namespace ProgressHub.AspNetCore.DurableStreams;

/// <summary>The lines of a job's log as plain text. Whatever ends a line within one is LF, since server-sent events know no other.</summary>
internal sealed class LogContent : StreamContent
{
    public override string ContentType => "text/plain; charset=utf-8";

    public override bool Has(EventFrame frame) => frame.Type == EventTypes.Log;

    public override void WriteBody(IBufferWriter<byte> target, IReadOnlyList<EventFrame> frames)
    {
        foreach (var frame in frames)
        {
            Encoding.UTF8.GetBytes(LinesOf(frame), target);
            target.Write("\n"u8);
        }
    }

    public override void WriteData(IBufferWriter<byte> target, EventFrame frame)
    {
        foreach (var line in LinesOf(frame).AsSpan().EnumerateLines())
        {
            target.Write("data: "u8);
            Encoding.UTF8.GetBytes(line, target);
            target.Write("\n"u8);
        }

        // The line end: a reader puts lines together with one between two.
        target.Write("data: \n"u8);
    }

    private static string LinesOf(EventFrame frame) =>
        ((LogEvent)frame.Decode()).Message.ReplaceLineEndings("\n");
}
