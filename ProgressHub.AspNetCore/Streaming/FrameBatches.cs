using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using ProgressHub.Core.Events;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>
/// The <c>events</c> messages of one job, each serialized once for all the connections that are at the same cursor, as
/// those that keep up are.
/// </summary>
internal sealed class FrameBatches
{
    /// <summary>The client's method.</summary>
    public const string Method = "events";

    private readonly Lock _gate = new();
    private SerializedHubMessage? _latest;
    private long _first;
    private long _last;

    /// <summary>The message with these frames of the job, which are consecutive.</summary>
    public SerializedHubMessage Get(ReadOnlySpan<EventFrame> frames)
    {
        lock (_gate)
        {
            if (_latest is null || _first != frames[0].Seq || _last != frames[^1].Seq)
            {
                _first = frames[0].Seq;
                _last = frames[^1].Seq;
                _latest = Create(frames);
            }

            return _latest;
        }
    }

    public static SerializedHubMessage Create(ReadOnlySpan<EventFrame> frames) =>
        new(new InvocationMessage(Method, [frames.ToArray()]));
}
