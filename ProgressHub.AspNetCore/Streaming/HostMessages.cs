using Microsoft.AspNetCore.SignalR;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>
/// What a host sends to the group of a job, on its way to one member: each message stands behind the event that was the
/// last when it was sent.
/// </summary>
internal sealed class HostMessages
{
    // They are sent as soon as they come. So many wait only for a member that does not take its bytes.
    private const int Most = 1024;

    private readonly Lock _gate = new();
    private readonly Queue<(long Behind, SerializedHubMessage Message)> _waiting = [];
    private long _next = long.MaxValue;

    /// <summary>The event behind which the next one stands; none can be reached where there is none.</summary>
    public long Next => Volatile.Read(ref _next);

    /// <summary>Adds one; false where too many wait.</summary>
    public bool TryAdd(long behind, SerializedHubMessage message)
    {
        lock (_gate)
        {
            if (_waiting.Count == Most)
                return false;
            _waiting.Enqueue((behind, message));
            if (_waiting.Count == 1)
                Volatile.Write(ref _next, behind);
            return true;
        }
    }

    /// <summary>The next one, where its turn has come: its event was sent.</summary>
    public SerializedHubMessage? TakeAt(long cursor)
    {
        if (Next > cursor)
            return null;
        lock (_gate)
        {
            var message = _waiting.Dequeue().Message;
            Volatile.Write(ref _next, _waiting.TryPeek(out var next) ? next.Behind : long.MaxValue);
            return message;
        }
    }
}
