using System.Buffers;
using ProgressHub.Core.Events;

namespace ProgressHub.AspNetCore.DurableStreams;

/// <summary>What a stream is made of: which events, and as which bytes. What an event becomes never changes.</summary>
internal abstract class StreamContent
{
    /// <summary>Every event, as JSON messages.</summary>
    public static StreamContent Events { get; } = new EventContent();

    /// <summary>The lines of the log, as text.</summary>
    public static StreamContent Log { get; } = new LogContent();

    /// <summary>The media type of the stream.</summary>
    public abstract string ContentType { get; }

    /// <summary>Whether an event is in the stream.</summary>
    public abstract bool Has(EventFrame frame);

    /// <summary>Writes the body of an answer.</summary>
    public abstract void WriteBody(IBufferWriter<byte> target, IReadOnlyList<EventFrame> frames);

    /// <summary>Writes the lines of a <c>data</c> event, without the blank line that ends it.</summary>
    public abstract void WriteData(IBufferWriter<byte> target, EventFrame frame);
}
