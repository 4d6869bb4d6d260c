using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Knowledge.Embedding;
using ProgressHub.Workloads.Knowledge.Vectors;

namespace ProgressHub.Workloads.Knowledge.Collections;

/// <summary>
/// Users' collections as they are used: opened when first asked, closed when memory is short, written by one at a time.
/// </summary>
internal sealed class OpenCollections(
    KnowledgeDatabase database, IVectorStore vectors, Embedders embedders, IOptions<KnowledgeOptions> options,
    ILogger<OpenCollections> logger)
{
    private const int VectorsAtOnce = 1024;

    // The vectors' part of the time that it takes to write them and their passages.
    private const double VectorShare = 0.4;

    private readonly ConcurrentDictionary<string, Slot> _slots = new(StringComparer.Ordinal);
    private long _uses;

    /// <summary>How many are open.</summary>
    public int Count => _slots.Values.Count(slot => slot.Open is not null);

    /// <summary>Whether a collection is open.</summary>
    public bool IsOpen(string id) => _slots.TryGetValue(id, out var slot) && slot.Open is not null;

    /// <summary>A collection as it is searched; opened where it is not.</summary>
    /// <param name="row">The collection.</param>
    /// <param name="progress">Hears how many of its passages are read, where this opens it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<StoredCollection> OpenAsync(CollectionRecord row, Action<long>? progress, CancellationToken cancellationToken)
    {
        var slot = _slots.GetOrAdd(row.Id, _ => new Slot());
        slot.LastUse = Interlocked.Increment(ref _uses);
        if (slot.Open is { } open && open.Version >= row.Version)
            return open;
        using (await slot.EnterAsync(cancellationToken))
        {
            // The row may be older than the collection's first vectors, or than those it has now: it is read again, now
            // that nobody here writes.
            row = await ReadAsync(row, cancellationToken);
            if (slot.Open is { } present && !await present.CatchUpAsync(row, cancellationToken))
                slot.Open = null;
            if (slot.Open is not { } collection)
            {
                if (!slot.IsTidy)
                    await DropRetiredAsync(row.Id, cancellationToken);
                slot.IsTidy = true;
                collection = new StoredCollection(row, embedders.Of(row.Embedding), database, vectors, logger);
                await collection.LoadAsync(progress, cancellationToken);
                slot.Open = collection;
            }

            CloseWhatIsTooMuch(slot);
            return collection;
        }
    }

    /// <summary>Takes in documents with their vectors, in place of those with the same ids. Durable once this returns.</summary>
    /// <param name="row">The collection, as it was when the vectors were made.</param>
    /// <param name="documents">The documents; the ids of their passages are given here.</param>
    /// <param name="embedded">A vector for each passage, in order.</param>
    /// <param name="progress">Hears the share that is written, 0..1, on any thread.</param>
    /// <param name="cancellationToken">Ends it before a document is written; after that all of it is.</param>
    /// <exception cref="WorkloadException"><c>collection_rebuilt</c>: it has vectors of another kind by now; transient.</exception>
    public async Task ReplaceAsync(
        CollectionRecord row, IReadOnlyList<DocumentWrite> documents, IReadOnlyList<float[]> embedded, Action<double> progress,
        CancellationToken cancellationToken)
    {
        var slot = _slots.GetOrAdd(row.Id, _ => new Slot());
        using (await slot.EnterAsync(cancellationToken))
        {
            var (now, space) = await SpaceAsync(row, slot, embedded, cancellationToken);
            var numbered = await NumberAsync(documents, cancellationToken);
            var passages = numbered.SelectMany(d => d.Passages).ToList();

            // First the vectors, then what makes them count: a crash in between leaves vectors that nobody asks for.
            await WriteAsync(
                slot, space, [.. passages.Zip(embedded, (p, v) => new VectorPoint(p.Id, v))],
                share => progress(VectorShare * share), cancellationToken);
            DocumentChange change;
            try
            {
                change = await database.Documents.ReplaceAsync(
                    now, numbered, share => progress(VectorShare + ((1 - VectorShare) * share)), CancellationToken.None);
            }
            catch
            {
                await vectors.DeleteAsync(space, [.. passages.Select(p => p.Id)], CancellationToken.None);
                throw;
            }

            Update(slot, passages, change);
            await vectors.DeleteAsync(space, [.. change.Gone], CancellationToken.None);
        }
    }

    /// <summary>Removes a document; false where there is none of that id.</summary>
    public async Task<bool> RemoveDocumentAsync(CollectionRecord row, string id, CancellationToken cancellationToken)
    {
        var slot = _slots.GetOrAdd(row.Id, _ => new Slot());
        using (await slot.EnterAsync(cancellationToken))
        {
            if (await database.Documents.RemoveDocumentAsync(row.Id, id, CancellationToken.None) is not { } change)
                return false;
            Update(slot, [], change);
            if ((await ReadAsync(row, CancellationToken.None)).Space is { } space)
                await vectors.DeleteAsync(space, [.. change.Gone], CancellationToken.None);
            return true;
        }
    }

    /// <summary>Removes a collection with all that is in it.</summary>
    public async Task RemoveAsync(CollectionRecord row, CancellationToken cancellationToken)
    {
        var slot = _slots.GetOrAdd(row.Id, _ => new Slot());
        using (await slot.EnterAsync(cancellationToken))
        {
            await database.Collections.RemoveAsync(row.Id, CancellationToken.None);
            await DropRetiredAsync(row.Id, CancellationToken.None);
            slot.Open = null;
            _slots.TryRemove(row.Id, out _);
        }
    }

    /// <summary>
    /// Does the last of a rebuild, alone with the collection: what it does is what the collection is searched by
    /// afterwards. Those who search it by the old vectors finish first; then these go.
    /// </summary>
    /// <param name="next">The new vectors.</param>
    /// <param name="finish">Makes the last of them; false where that are too many to hold everybody up.</param>
    /// <param name="cancellationToken">Ends it before the change.</param>
    /// <returns>Whether it is changed; false where <paramref name="finish"/> would not, or another node took in documents meanwhile.</returns>
    /// <exception cref="WorkloadException"><c>rebuild_superseded</c>: the new vectors are not wanted any more.</exception>
    public async Task<bool> SwapAsync(
        RebuildRecord next, Func<CancellationToken, Task<bool>> finish, CancellationToken cancellationToken)
    {
        var slot = _slots.GetOrAdd(next.Collection, _ => new Slot());
        StoredCollection? before;
        using (await slot.EnterAsync(cancellationToken))
        {
            var row = await database.Collections.ReadAsync(next.Collection, cancellationToken) ?? throw UnknownCollection.Gone();
            if (!await finish(cancellationToken))
                return false;
            switch (await database.Rebuilds.SwapAsync(next, row, CancellationToken.None))
            {
                case VectorSwap.Superseded:
                    throw Superseded();
                case VectorSwap.Outdated:
                    return false;
            }

            (before, slot.Open) = (slot.Open, null);
        }

        if (before is not null)
            await before.Readers.RetireAsync();
        await DropRetiredAsync(next.Collection, CancellationToken.None);
        return true;
    }

    /// <summary>What a job is told that makes vectors which are not wanted any more.</summary>
    public static WorkloadException Superseded() =>
        new("rebuild_superseded", "Another job makes the collection anew, or has done so.");

    private async Task<CollectionRecord> ReadAsync(CollectionRecord row, CancellationToken cancellationToken) =>
        await database.Collections.ReadAsync(row.Id, cancellationToken) ?? throw UnknownCollection.Gone();

    private async Task DropRetiredAsync(string id, CancellationToken cancellationToken)
    {
        foreach (var retired in await database.Rebuilds.ListRetiredAsync(id, cancellationToken))
        {
            await vectors.DropAsync(CollectionRecord.SpaceOf(id, retired.Generation, retired.Dimensions), cancellationToken);
            await database.Rebuilds.ForgetRetiredAsync(id, retired, cancellationToken);
        }
    }

    private async Task<(CollectionRecord Row, VectorSpace Space)> SpaceAsync(
        CollectionRecord row, Slot slot, IReadOnlyList<float[]> embedded, CancellationToken cancellationToken)
    {
        var now = await ReadAsync(row, cancellationToken);
        if (now.Embedding != row.Embedding)
            throw UnknownCollection.Rebuilt();
        var dimensions = embedded.Count > 0 ? embedded[0].Length : HashedEmbedder.Dimensions;
        var settled = await database.Collections.SettleDimensionsAsync(row.Id, dimensions, cancellationToken);
        var space = CollectionRecord.SpaceOf(row.Id, now.Generation, settled) with { Model = now.Embedding };
        if (slot.Open is { } open)
            open.Space = space;
        return (now, space);
    }

    private async Task WriteAsync(
        Slot slot, VectorSpace space, IReadOnlyList<VectorPoint> points, Action<double> progress, CancellationToken cancellationToken)
    {
        try
        {
            for (var from = 0; from < points.Count; from += VectorsAtOnce)
            {
                var count = Math.Min(VectorsAtOnce, points.Count - from);
                await vectors.UpsertAsync(space, [.. points.Skip(from).Take(count)], cancellationToken);
                progress((double)(from + count) / points.Count);
            }
        }
        catch
        {
            // Some of them may be there: whoever opens it next removes them.
            slot.Open = null;
            throw;
        }
    }

    private async Task<IReadOnlyList<DocumentWrite>> NumberAsync(
        IReadOnlyList<DocumentWrite> documents, CancellationToken cancellationToken)
    {
        var next = await database.Documents.ReserveIdsAsync(documents.Sum(d => d.Passages.Count), cancellationToken);
        return [.. documents.Select(d => d with { Passages = [.. d.Passages.Select(p => p with { Id = next++ })] })];
    }

    private static void Update(Slot slot, IReadOnlyList<Passage> added, DocumentChange change)
    {
        if (slot.Open is { } open && !open.Change(added, change))
            slot.Open = null;
    }

    private void CloseWhatIsTooMuch(Slot latest)
    {
        var open = _slots.Values.Where(slot => slot.Open is not null).OrderBy(slot => slot.LastUse).ToList();
        var bytes = open.Sum(slot => slot.Open?.Bytes ?? 0);
        foreach (var slot in open.TakeWhile(_ => bytes > options.Value.CacheBytes).Where(slot => slot != latest))
        {
            bytes -= slot.Open?.Bytes ?? 0;
            slot.Open = null;
        }
    }

#pragma warning disable CA1001 // A semaphore without a wait handle holds nothing to dispose of.
    private sealed class Slot
#pragma warning restore CA1001
    {
        private readonly SemaphoreSlim _gate = new(1, 1);
        private StoredCollection? _open;
        private long _lastUse;

        /// <summary>Whether what a crash may have left behind is cleared away.</summary>
        public bool IsTidy { get; set; }

        public StoredCollection? Open
        {
            get => Volatile.Read(ref _open);
            set => Volatile.Write(ref _open, value);
        }

        public long LastUse
        {
            get => Volatile.Read(ref _lastUse);
            set => Volatile.Write(ref _lastUse, value);
        }

        public async Task<Exit> EnterAsync(CancellationToken cancellationToken)
        {
            await _gate.WaitAsync(cancellationToken);
            return new Exit(_gate);
        }
    }

    private readonly struct Exit(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
