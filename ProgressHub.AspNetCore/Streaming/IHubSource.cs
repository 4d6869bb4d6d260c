using Microsoft.AspNetCore.SignalR;
using ProgressHub.Core.Events;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>What a connection of the hub follows: one job, or all of an owner's.</summary>
internal interface IHubSource : IDisposable
{
    /// <summary>The cursor in the feed.</summary>
    FeedWatcher Watcher { get; }

    /// <summary>The position of the feed's last frame.</summary>
    long Last { get; }

    /// <summary>Whether there is nothing left to come.</summary>
    bool IsComplete { get; }

    /// <summary>The message with these frames; null where none of them is to be sent.</summary>
    SerializedHubMessage? MessageOf(ReadOnlySpan<EventFrame> frames);

    /// <summary>What is to be sent behind what was just sent; null for nothing.</summary>
    SerializedHubMessage? Trailer();

    /// <summary>
    /// Reads what is no longer in memory, so many frames at most; may end the member's connection where that can't be had.
    /// </summary>
    ValueTask<SerializedHubMessage?> CatchUpAsync(HubMember member, int most);
}
