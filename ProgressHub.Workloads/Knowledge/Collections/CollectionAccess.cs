using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Knowledge.Collections;

/// <summary>
/// Which collection somebody means: a bundled one, that everybody may ask and nobody may change, or one of their own.
/// What is somebody else's does not exist (I9).
/// </summary>
internal sealed class CollectionAccess(KnowledgeDatabase database, OpenCollections open, BundledCollections bundled)
{
    /// <summary>The collections that come with the server.</summary>
    public BundledCollections Bundled => bundled;

    /// <summary>A collection to search; null where this owner may ask no such one.</summary>
    public async Task<SearchableCollection?> OpenAsync(string owner, string id, CancellationToken cancellationToken)
    {
        if (bundled.TryFind(id, out var found))
            return found;
        return await FindRowAsync(owner, id, cancellationToken) is { } row ? await open.OpenAsync(row, null, cancellationToken) : null;
    }

    /// <summary>A collection of one's own; null where this owner has no such one.</summary>
    public Task<CollectionRecord?> FindRowAsync(string owner, string id, CancellationToken cancellationToken) =>
        database.Collections.FindAsync(owner, id, cancellationToken);

    /// <summary>A collection to write to; null where this owner has no such one.</summary>
    /// <exception cref="WorkloadException"><c>collection_read_only</c>: it comes with the server.</exception>
    public Task<CollectionRecord?> FindOwnAsync(string owner, string id, CancellationToken cancellationToken) => bundled.Contains(id)
        ? throw new WorkloadException("collection_read_only", "This collection comes with the server and can't be changed.") { Property = "collection" }
        : FindRowAsync(owner, id, cancellationToken);
}
