using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace ProgressHub.Core.Events;

/// <summary>
/// Where frames are put together: the JSON is written right behind the lines of its frame, so that one array, made once at
/// its final length, is all there ever is of an event. Each thread has a buffer of its own.
/// </summary>
internal static class FrameBuffer
{
    private const int FirstCapacity = 1024;

    // A buffer that one huge event has blown up is not kept.
    private const int MostKept = 64 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>The frame of an event, and where its JSON begins; it ends before the last two bytes.</summary>
    public static (byte[] Sse, int JsonStart) Encode(JobEvent jobEvent)
    {
        var buffer = Begin(jobEvent.Type, jobEvent.Seq);
        var jsonStart = buffer.WrittenCount;
        var writer = _writer ??= new Utf8JsonWriter(buffer, new JsonWriterOptions
        {
            Encoder = EventJson.Context.Options.Encoder, SkipValidation = true,
        });
        writer.Reset(buffer);
        EventJson.Write(writer, jobEvent);
        return (End(buffer), jsonStart);
    }

    /// <summary>The frame of JSON that is written already.</summary>
    public static (byte[] Sse, int JsonStart) Wrap(string type, long seq, ReadOnlySpan<byte> json)
    {
        var buffer = Begin(type, seq);
        var jsonStart = buffer.WrittenCount;
        buffer.Write(json);
        return (End(buffer), jsonStart);
    }

    private static ArrayBufferWriter<byte> Begin(string type, long seq)
    {
        if (_buffer is not { Capacity: <= MostKept } buffer)
            _buffer = buffer = new ArrayBufferWriter<byte>(FirstCapacity);
        buffer.ResetWrittenCount();
        buffer.Write("event: "u8);
        buffer.Advance(Encoding.ASCII.GetBytes(type, buffer.GetSpan(type.Length)));
        buffer.Write("\nid: "u8);
        Utf8Formatter.TryFormat(seq, buffer.GetSpan(20), out var digits);
        buffer.Advance(digits);
        buffer.Write("\ndata: "u8);
        return buffer;
    }

    private static byte[] End(ArrayBufferWriter<byte> buffer)
    {
        buffer.Write("\n\n"u8);
        return buffer.WrittenSpan.ToArray();
    }
}
