namespace ProgressHub.Core.Jobs;

/// <summary>Asks the store for queued jobs to run.</summary>
/// <param name="Node">Who will run them.</param>
/// <param name="FreeSlots">For each workload, how many of its jobs may begin now; a kind not named is not claimed.</param>
/// <param name="Limit">How many jobs in all.</param>
/// <param name="Now">The present; jobs that must wait longer are passed over.</param>
internal sealed record ClaimRequest(
    string Node, IReadOnlyDictionary<string, int> FreeSlots, int Limit, DateTimeOffset Now)
{
    /// <summary>The same as <see cref="FreeSlots"/> for work that is done remotely; that is their bound, not the limit.</summary>
    public IReadOnlyDictionary<string, int> RemoteSlots { get; init; } = new Dictionary<string, int>();

    /// <summary>How many jobs an owner may have under way; jobs of who has as many are passed over. Null where nobody is bounded.</summary>
    public RunningBounds? Running { get; init; }
}
