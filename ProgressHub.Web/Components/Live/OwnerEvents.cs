using ProgressHub.Core.Events;

namespace ProgressHub.Web.Components.Live;

/// <summary>Follows all events of an owner, one after another, on the caller's context.</summary>
internal static class OwnerEvents
{
    private const int AtOnce = 128;

    /// <summary>Follows them. Returns where the watcher has fallen too far behind, to start over.</summary>
    /// <param name="feeds">The feeds.</param>
    /// <param name="owner">Whose events.</param>
    /// <param name="begin">Reads what there is. What happens from its beginning on is told afterwards, so nothing falls in between.</param>
    /// <param name="each">Takes an event.</param>
    /// <param name="rest">Called whenever all events so far were taken.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task FollowAsync(
        OwnerFeeds feeds, string owner, Func<CancellationToken, Task> begin, Func<EventFrame, CancellationToken, ValueTask> each,
        Func<CancellationToken, ValueTask> rest, CancellationToken cancellationToken)
    {
        var (watcher, _) = feeds.Watch(owner, after: null, inline: false);
        using var watching = watcher;
        await using var poke = cancellationToken.UnsafeRegister(static w => ((FeedWatcher)w!).Poke(), watcher);

        await begin(cancellationToken);
        var frames = new EventFrame[AtOnce];
        int count;
        while ((count = watcher.Read(frames)) >= 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < count; i++)
                await each(frames[i], cancellationToken);
            if (count > 0)
                continue;
            await rest(cancellationToken);
            await watcher.WaitAsync();
        }
    }
}
