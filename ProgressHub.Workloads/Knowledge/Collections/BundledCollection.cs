using System.Runtime.InteropServices;
using ProgressHub.Workloads.Knowledge.Chunking;
using ProgressHub.Workloads.Knowledge.Embedding;
using ProgressHub.Workloads.Knowledge.Indexing;
using ProgressHub.Workloads.Knowledge.Vectors;

namespace ProgressHub.Workloads.Knowledge.Collections;

/// <summary>
/// A collection that comes with the server: read from the assembly into memory when first used, its vectors made when it
/// is first asked something that they are compared with.
/// </summary>
#pragma warning disable CA1001 // A semaphore without a wait handle holds nothing to dispose of.
internal sealed class BundledCollection : SearchableCollection
#pragma warning restore CA1001
{
    private readonly List<Passage> _passages = [];
    private readonly SemaphoreSlim _making = new(1, 1);
    private byte[]? _records;

    public BundledCollection(BundledSource source, IEmbedder embedder)
        : base(source.Id, embedder)
    {
        foreach (var document in source.Read())
        {
            var ordinal = 0;
            foreach (var chunk in Chunker.Cut(document))
            {
                var passage = new Passage(
                    _passages.Count + 1, document.Id, document.Title, chunk.Heading, chunk.Text, ordinal++, document.Attributes)
                {
                    Page = chunk.Page, Line = chunk.Line,
                };
                _passages.Add(passage);
                Add(passage);
            }

            Documents.Add(new CollectionDocument(document.Id, document.Title, document.Attributes, ordinal, UpdatedAt: null));
        }

        Description = new Collection(
            source.Id, source.Name, source.Description, embedder.Id, ReadOnly: true, Documents.Count, _passages.Count, CreatedAt: null);
    }

    public Collection Description { get; }

    public List<CollectionDocument> Documents { get; } = [];

    public override async Task<IReadOnlyList<Scored>> NearestAsync(
        float[] query, int limit, IReadOnlySet<long>? within, CancellationToken cancellationToken) =>
        Search(await RecordsAsync(cancellationToken), query, limit, within, cancellationToken);

    public override Task<IReadOnlyList<Passage>> ReadAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Passage>>(
            [.. ids.Where(id => id >= 1 && id <= _passages.Count).Select(id => _passages[(int)id - 1])]);

    private unsafe IReadOnlyList<Scored> Search(
        byte[] all, float[] query, int limit, IReadOnlySet<long>? within, CancellationToken cancellationToken)
    {
        // Pinned for good: it never moves.
        fixed (byte* records = &MemoryMarshal.GetArrayDataReference(all))
            return VectorScan.Search(records, _passages.Count, query, limit, within, cancellationToken);
    }

    private async Task<byte[]> RecordsAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _records) is { } there)
            return there;
        await _making.WaitAsync(cancellationToken);
        try
        {
            return _records ??= Records(await Embedder.EmbedAsync([.. _passages.Select(p => p.Searchable)], null, cancellationToken));
        }
        finally
        {
            _making.Release();
        }
    }

    private byte[] Records(IReadOnlyList<float[]> vectors)
    {
        var size = VectorRecord.Size(vectors[0].Length);
        var records = GC.AllocateUninitializedArray<byte>(size * vectors.Count, pinned: true);
        foreach (var (i, passage) in _passages.Index())
            VectorRecord.Write(records.AsSpan(i * size, size), passage.Id, vectors[i]);
        return records;
    }
}
