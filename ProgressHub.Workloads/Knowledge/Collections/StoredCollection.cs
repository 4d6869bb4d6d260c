using Microsoft.Extensions.Logging;
using ProgressHub.Workloads.Knowledge.Embedding;
using ProgressHub.Workloads.Knowledge.Indexing;
using ProgressHub.Workloads.Knowledge.Vectors;

namespace ProgressHub.Workloads.Knowledge.Collections;

/// <summary>A user's collection: its passages in the database, its vectors in the vector store, its words in memory.</summary>
internal sealed partial class StoredCollection(
    CollectionRecord row, IEmbedder embedder, KnowledgeDatabase database, IVectorStore vectors, ILogger logger)
    : SearchableCollection(row.Id, embedder)
{
    private const int PassagesAtOnce = 500;
    private VectorSpace? _space = row.Space;
    private long _version = row.Version;

    /// <summary>Up to which change of its documents it is as they are.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>About how much memory it takes, in bytes.</summary>
    public long Bytes => Words.Bytes;

    /// <summary>Its vectors' place; null where it has none yet.</summary>
    public VectorSpace? Space
    {
        get => Volatile.Read(ref _space);
        set => Volatile.Write(ref _space, value);
    }

    /// <summary>
    /// Reads all passages, and sets right what a crash left between the two stores: vectors without a passage go,
    /// documents without their vectors are taken in again when they come next. Nobody else may write meanwhile.
    /// </summary>
    /// <param name="progress">Hears how many are read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task LoadAsync(Action<long>? progress, CancellationToken cancellationToken)
    {
        HashSet<long> ids = [];
        for (long after = 0; ;)
        {
            var page = await database.Documents.ListPassagesAsync(Id, after, PassagesAtOnce, cancellationToken);
            foreach (var passage in page)
            {
                ids.Add(passage.Id);
                Add(passage);
            }

            progress?.Invoke(ids.Count);
            if (page.Count < PassagesAtOnce)
                break;
            after = page[^1].Id;
        }

        if (Space is not { } space)
            return;
        var there = await vectors.ReadIdsAsync(space, cancellationToken);

        // Of another node they may be those whose passages it is about to write.
        var orphans = database.IsShared ? [] : there.Where(vector => !ids.Contains(vector)).ToList();
        ids.ExceptWith(there);
        if (orphans.Count > 0)
            await vectors.DeleteAsync(space, orphans, cancellationToken);
        if (ids.Count > 0)
            LogMissing(ids.Count, Id, await database.Documents.ForgetHashesAsync(ids, cancellationToken));
    }

    /// <summary>Takes over what other nodes have changed. Nobody else may write here meanwhile.</summary>
    /// <param name="present">The collection as it is now.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>False where it is to be opened anew: it is searched by other vectors, or more is gone than was left.</returns>
    public async Task<bool> CatchUpAsync(CollectionRecord present, CancellationToken cancellationToken)
    {
        if (Version >= present.Version)
            return true;
        if (present.Embedding != row.Embedding || (Space is { } before && before != present.Space))
            return false;
        var known = Words.Ids;
        var there = await database.Documents.ReadPassageIdsAsync(Id, cancellationToken);
        foreach (var added in there.Where(id => !known.Contains(id)).Chunk(PassagesAtOnce))
        {
            foreach (var passage in await database.Documents.ReadPassagesAsync(Id, added, cancellationToken))
                Add(passage);
        }

        foreach (var gone in known.Where(id => !there.Contains(id)))
            Remove(gone);
        Space = present.Space;
        if (Space is { } space)
            await vectors.RefreshAsync(space, cancellationToken);
        Interlocked.Exchange(ref _version, present.Version);
        return !Words.IsStale;
    }

    /// <summary>Takes over what was changed here.</summary>
    /// <returns>False where it is to be opened anew: more is gone than was left.</returns>
    public bool Change(IReadOnlyList<Passage> added, DocumentChange change)
    {
        foreach (var passage in change.Gone)
            Remove(passage);
        foreach (var passage in added)
            Add(passage);

        // Where another node has changed it in between, that is still to be taken over.
        Interlocked.CompareExchange(ref _version, change.Version, change.Version - 1);
        return !Words.IsStale;
    }

    public override async Task<IReadOnlyList<Scored>> NearestAsync(
        float[] query, int limit, IReadOnlySet<long>? within, CancellationToken cancellationToken) =>
        Space is { } space ? await vectors.SearchAsync(space, query, limit, within, cancellationToken) : [];

    public override Task<IReadOnlyList<Passage>> ReadAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        database.Documents.ReadPassagesAsync(Id, ids, cancellationToken);

    [LoggerMessage(LogLevel.Warning, "{Count} passages of collection {Collection} have no vector; {Documents} documents are to be taken in again.")]
    private partial void LogMissing(int count, string collection, int documents);
}
