using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Events;

/// <summary>
/// Carries what this node has committed to the nodes where somebody watches. What it carries is a hint and may be lost,
/// repeated or overtaken: the log is the truth, and <see cref="RelayedEvents"/> goes by the numbers.
/// </summary>
internal interface IEventRelay
{
    /// <summary>Whether others may write to the same log. Where not, a feed that is open knows all there is.</summary>
    bool IsShared { get; }

    /// <summary>
    /// Asks the other nodes for the events of a job; completes once they know, or after a bounded wait. Await it before the
    /// job's state is read: what is committed later than that state is then sent here.
    /// </summary>
    ValueTask WatchAsync(JobId id);

    /// <summary>
    /// Asks the other nodes for the events of all jobs of an owner. Does not wait: what is committed there before they know
    /// is not sent, and is found in the next listing.
    /// </summary>
    void WatchOwner(string owner);

    /// <summary>Sends events of one job to whoever asked for them. Never waits, never throws.</summary>
    /// <param name="owner">Whose job it is.</param>
    /// <param name="frames">Committed events of one job, in order.</param>
    void Publish(string owner, IReadOnlyList<EventFrame> frames);
}
