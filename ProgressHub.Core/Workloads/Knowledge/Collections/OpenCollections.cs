using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Workloads.Knowledge.Embedding;
using ProgressHub.Core.Workloads.Knowledge.Vectors;

namespace ProgressHub.Core.Workloads.Knowledge.Collections;

/// <summary>
/// Users' collections as they are used: opened when first asked, closed when memory is short, written by one at a time.
/// </summary>
internal sealed class OpenCollections(
    KnowledgeDatabase database, IVectorStore vectors, Embedders embedders, IOptions<KnowledgeOptions> options,
    ILogger<OpenCollections> logger)
{
    private readonly ConcurrentDictionary<string, Slot> _slots = new(StringComparer.Ordinal);
    private long _uses;

    /// <summary>How many are open.</summary>
    public int Count => _slots.Values.Count(slot => slot.Open is not null);

    public async Task<StoredCollection> OpenAsync(CollectionRow row, CancellationToken cancellationToken)
    {
        var slot = _slots.GetOrAdd(row.Id, _ => new Slot());
        slot.LastUse = Interlocked.Increment(ref _uses);
        if (slot.Open is { } open)
            return open;
        using (await slot.EnterAsync(cancellationToken).ConfigureAwait(false))
        {
            if (slot.Open is not { } collection)
            {
                collection = new StoredCollection(row.Id, embedders.Of(row.Embedding), database, vectors, logger);
                await collection.LoadAsync(row.Dimensions, cancellationToken).ConfigureAwait(false);
                slot.Open = collection;
            }

            CloseWhatIsTooMuch(slot);
            return collection;
        }
    }

    /// <summary>Takes in documents with their vectors, in place of those with the same ids. Durable once this returns.</summary>
    /// <param name="row">The collection.</param>
    /// <param name="documents">The documents; the ids of their passages are given here.</param>
    /// <param name="embedded">A vector for each passage, in order.</param>
    /// <param name="cancellationToken">Ends it before anything is written; after that all of it is.</param>
    public async Task ReplaceAsync(
        CollectionRow row, IReadOnlyList<DocumentWrite> documents, IReadOnlyList<float[]> embedded, CancellationToken cancellationToken)
    {
        var slot = _slots.GetOrAdd(row.Id, _ => new Slot());
        using (await slot.EnterAsync(cancellationToken).ConfigureAwait(false))
        {
            var space = await SpaceAsync(row, slot, embedded, cancellationToken).ConfigureAwait(false);
            var numbered = await NumberAsync(documents, cancellationToken).ConfigureAwait(false);
            var passages = numbered.SelectMany(d => d.Passages).ToList();

            // First the vectors, then what makes them count: a crash in between leaves vectors that nobody asks for.
            await vectors.UpsertAsync(space, [.. passages.Zip(embedded, (p, v) => new VectorPoint(p.Id, v))], CancellationToken.None)
                .ConfigureAwait(false);
            IReadOnlyList<long> gone;
            try
            {
                gone = await database.ReplaceAsync(row.Id, numbered, CancellationToken.None).ConfigureAwait(false);
            }
            catch
            {
                await vectors.DeleteAsync(space, [.. passages.Select(p => p.Id)], CancellationToken.None).ConfigureAwait(false);
                throw;
            }

            Update(slot, passages, gone);
            await vectors.DeleteAsync(space, [.. gone], CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Removes a document; false where there is none of that id.</summary>
    public async Task<bool> RemoveDocumentAsync(CollectionRow row, string id, CancellationToken cancellationToken)
    {
        var slot = _slots.GetOrAdd(row.Id, _ => new Slot());
        using (await slot.EnterAsync(cancellationToken).ConfigureAwait(false))
        {
            if (await database.RemoveDocumentAsync(row.Id, id, CancellationToken.None).ConfigureAwait(false) is not { } gone)
                return false;
            Update(slot, [], gone);
            if (row.Dimensions is { } dimensions)
                await vectors.DeleteAsync(new VectorSpace(row.Id, (int)dimensions), [.. gone], CancellationToken.None).ConfigureAwait(false);
            return true;
        }
    }

    /// <summary>Removes a collection with all that is in it.</summary>
    public async Task RemoveAsync(CollectionRow row, CancellationToken cancellationToken)
    {
        var slot = _slots.GetOrAdd(row.Id, _ => new Slot());
        using (await slot.EnterAsync(cancellationToken).ConfigureAwait(false))
        {
            await database.RemoveAsync(row.Id, CancellationToken.None).ConfigureAwait(false);
            if ((slot.Open?.Space?.Dimensions ?? row.Dimensions) is { } dimensions)
                await vectors.DropAsync(new VectorSpace(row.Id, (int)dimensions), CancellationToken.None).ConfigureAwait(false);
            slot.Open = null;
            _slots.TryRemove(row.Id, out _);
        }
    }

    private async Task<VectorSpace> SpaceAsync(
        CollectionRow row, Slot slot, IReadOnlyList<float[]> embedded, CancellationToken cancellationToken)
    {
        var dimensions = embedded.Count > 0 ? embedded[0].Length : HashedEmbedder.Dimensions;
        var settled = await database.SettleDimensionsAsync(row.Id, dimensions, cancellationToken).ConfigureAwait(false);
        slot.Open?.SettleDimensions(settled);
        return new VectorSpace(row.Id, (int)settled);
    }

    private async Task<IReadOnlyList<DocumentWrite>> NumberAsync(
        IReadOnlyList<DocumentWrite> documents, CancellationToken cancellationToken)
    {
        var next = await database.ReserveIdsAsync(documents.Sum(d => d.Passages.Count), cancellationToken).ConfigureAwait(false);
        return [.. documents.Select(d => d with { Passages = [.. d.Passages.Select(p => p with { Id = next++ })] })];
    }

    private static void Update(Slot slot, IReadOnlyList<Passage> added, IReadOnlyList<long> gone)
    {
        if (slot.Open is not { } open)
            return;
        foreach (var passage in gone)
            open.Remove(passage);
        foreach (var passage in added)
            open.Add(passage);
        if (open.Words.IsStale)
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
            await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
            return new Exit(_gate);
        }
    }

    private readonly struct Exit(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
