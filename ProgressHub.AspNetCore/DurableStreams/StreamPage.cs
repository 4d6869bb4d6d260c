using System.Buffers;
using ProgressHub.Core.Events;

namespace ProgressHub.AspNetCore.DurableStreams;

/// <summary>What one answer holds: the events from a place on, up to a bound.</summary>
/// <param name="content">What the stream is made of.</param>
/// <param name="start">The <c>seq</c> before its first event.</param>
internal sealed class StreamPage(StreamContent content, long start)
{
    // About as much as one answer should be, and as much of a log as one request should read for it.
    private const int MaxBytes = 1024 * 1024;
    private const int MaxRead = 8 * MaxBytes;

    private readonly List<EventFrame> _frames = [];
    private long _bytes;
    private long _read;

    /// <summary>The <c>seq</c> before the event after it.</summary>
    public long Next { get; private set; } = start;

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => _frames.Count == 0;

    /// <summary>Whether more goes into it.</summary>
    public bool HasRoom => _bytes < MaxBytes && _read < MaxRead;

    /// <summary>Whether there was no more when it was read.</summary>
    public bool IsUpToDate { get; private set; }

    /// <summary>Whether there will never be more.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Takes the next event.</summary>
    public void Add(EventFrame frame)
    {
        Next = frame.Seq;
        _read += frame.Json.Length;
        if (!content.Has(frame))
            return;
        _bytes += frame.Json.Length;
        _frames.Add(frame);
    }

    /// <summary>Says how it relates to a state that was known before its last event was read.</summary>
    public void Compare(JobSnapshot state)
    {
        IsUpToDate = Next >= state.Seq;
        IsClosed = IsUpToDate && state.IsFinal;
    }

    /// <summary>Its bytes.</summary>
    public ReadOnlyMemory<byte> Encode()
    {
        var body = new ArrayBufferWriter<byte>((int)Math.Clamp(_bytes, 64, 2L * MaxBytes));
        content.WriteBody(body, _frames);
        return body.WrittenMemory;
    }
}
