using ProgressHub.AspNetCore.Snapshots;
using ProgressHub.Core.Events;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>The answer to <c>Watch</c>.</summary>
/// <param name="Snapshot">The state at the cursor.</param>
/// <param name="Events">The events after it, as far as they are at hand; more follow as <c>events</c>.</param>
public sealed record WatchAnswer(SnapshotView Snapshot, IReadOnlyList<EventFrame> Events)
{
    /// <summary>What begins once this is being sent.</summary>
    internal HubWatch? Watch { get; init; }
}

/// <summary>The answer to <c>WatchMine</c>.</summary>
/// <param name="Jobs">The state of each job that has not ended, and of those that ended since the cursor.</param>
/// <param name="Events">The <c>done</c> of the latter.</param>
/// <param name="Cursor">What to call it with after a reconnect.</param>
/// <param name="More">Whether more jobs have ended since than are here: then call it again with this cursor, now.</param>
public sealed record WatchMineAnswer(
    IReadOnlyList<SnapshotView> Jobs, IReadOnlyList<EventFrame> Events, string Cursor, bool More)
{
    /// <summary>What begins once this is being sent; null where there is more to ask for first.</summary>
    internal HubWatch? Watch { get; init; }
}

/// <summary>An item of <c>Stream</c>: one of the two.</summary>
/// <param name="Snapshot">The state at the cursor.</param>
/// <param name="Events">The next events.</param>
public sealed record StreamItem(SnapshotView? Snapshot, IReadOnlyList<EventFrame>? Events);
