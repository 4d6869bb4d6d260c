using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Events;

/// <summary>The relay of a server that has its log to itself.</summary>
internal sealed class NoRelay : IEventRelay
{
    /// <inheritdoc/>
    public bool IsShared => false;

    /// <inheritdoc/>
    public ValueTask WatchAsync(JobId id) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public void WatchOwner(string owner)
    {
        // There is nobody to ask.
    }

    /// <inheritdoc/>
    public void Publish(string owner, IReadOnlyList<EventFrame> frames)
    {
        // Nobody else asks.
    }
}
