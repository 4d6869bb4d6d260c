using ProgressHub.Workloads.Knowledge.Vectors;

namespace ProgressHub.Workloads.Knowledge.Collections;

/// <summary>Gives out what a collection is written through.</summary>
internal sealed class CollectionWriters(KnowledgeDatabase database, IVectorStore vectors, OpenCollections open)
{
    public CollectionWriter Of(CollectionRecord row) => new(row, database, open);

    /// <summary>Begins to make a collection anew, or goes on with it.</summary>
    public async Task<CollectionRebuild> RebuildAsync(CollectionRecord row, string embedding, CancellationToken cancellationToken) => new(
        await database.Rebuilds.BeginAsync(row.Id, embedding, cancellationToken) ?? throw UnknownCollection.Gone(), database, vectors, open);
}
