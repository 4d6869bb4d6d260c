using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Knowledge.Vectors;

namespace ProgressHub.Workloads.Knowledge.Collections;

/// <summary>Gives out what a collection is written through.</summary>
/// <param name="database">The documents.</param>
/// <param name="vectors">Their vectors.</param>
/// <param name="open">The collections that are open.</param>
/// <param name="allowance">How much owners may store; null where nothing bounds it.</param>
internal sealed class CollectionWriters(
    KnowledgeDatabase database, IVectorStore vectors, OpenCollections open, IStorageAllowance? allowance = null)
{
    public CollectionWriter Of(CollectionRecord row) => new(row, database, open, allowance);

    /// <summary>Begins to make a collection anew, or goes on with it.</summary>
    public async Task<CollectionRebuild> RebuildAsync(CollectionRecord row, string embedding, CancellationToken cancellationToken) => new(
        await database.Rebuilds.BeginAsync(row.Id, embedding, cancellationToken) ?? throw UnknownCollection.Gone(), database, vectors, open);
}
