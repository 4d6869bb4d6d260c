using Microsoft.Extensions.Logging;
using ProgressHub.Core.Workloads.Knowledge.Embedding;
using ProgressHub.Core.Workloads.Knowledge.Retrieval;
using ProgressHub.Core.Workloads.Knowledge.Vectors;

namespace ProgressHub.Core.Workloads.Knowledge.Collections;

/// <summary>A user's collection: its passages in the database, its vectors in the vector store, its words in memory.</summary>
internal sealed partial class StoredCollection(
    string id, IEmbedder embedder, KnowledgeDatabase database, IVectorStore vectors, ILogger logger)
    : SearchableCollection(id, embedder)
{
    private const int PassagesAtOnce = 500;
    private long _dimensions;

    /// <summary>About how much memory it takes, in bytes.</summary>
    public long Bytes => Words.Bytes;

    /// <summary>Its vectors' place; null where it has none yet.</summary>
    public VectorSpace? Space => Volatile.Read(ref _dimensions) is > 0 and var dimensions ? new VectorSpace(Id, (int)dimensions) : null;

    public void SettleDimensions(long dimensions) => Volatile.Write(ref _dimensions, dimensions);

    /// <summary>
    /// Reads all passages, and sets right what a crash left between the two stores: vectors without a passage go,
    /// documents without their vectors are taken in again when they come next. Nobody else may write meanwhile.
    /// </summary>
    public async Task LoadAsync(long? dimensions, CancellationToken cancellationToken)
    {
        SettleDimensions(dimensions ?? 0);
        HashSet<long> ids = [];
        for (long after = 0; ;)
        {
            var page = await database.ListPassagesAsync(Id, after, PassagesAtOnce, cancellationToken).ConfigureAwait(false);
            foreach (var passage in page)
            {
                ids.Add(passage.Id);
                Add(passage);
            }

            if (page.Count < PassagesAtOnce)
                break;
            after = page[^1].Id;
        }

        if (Space is not { } space)
            return;
        var there = await vectors.ReadIdsAsync(space, cancellationToken).ConfigureAwait(false);
        var orphans = there.Where(vector => !ids.Contains(vector)).ToList();
        ids.ExceptWith(there);
        if (orphans.Count > 0)
            await vectors.DeleteAsync(space, orphans, cancellationToken).ConfigureAwait(false);
        if (ids.Count > 0)
            LogMissing(ids.Count, Id, await database.ForgetHashesAsync(ids, cancellationToken).ConfigureAwait(false));
    }

    public override async Task<IReadOnlyList<Scored>> NearestAsync(float[] query, int limit, CancellationToken cancellationToken) =>
        Space is { } space ? await vectors.SearchAsync(space, query, limit, cancellationToken).ConfigureAwait(false) : [];

    public override Task<IReadOnlyList<Passage>> ReadAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        database.ReadPassagesAsync(Id, ids, cancellationToken);

    [LoggerMessage(LogLevel.Warning, "{Count} passages of collection {Collection} have no vector; {Documents} documents are to be taken in again.")]
    private partial void LogMissing(int count, string collection, int documents);
}
