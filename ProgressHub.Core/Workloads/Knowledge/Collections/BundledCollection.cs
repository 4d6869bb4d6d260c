using System.Runtime.InteropServices;
using ProgressHub.Core.Workloads.Knowledge.Chunking;
using ProgressHub.Core.Workloads.Knowledge.Embedding;
using ProgressHub.Core.Workloads.Knowledge.Retrieval;
using ProgressHub.Core.Workloads.Knowledge.Vectors;

namespace ProgressHub.Core.Workloads.Knowledge.Collections;

/// <summary>
/// A collection that comes with the server: read from the assembly into memory when first used, embedded without a model,
/// the same on every machine.
/// </summary>
internal sealed class BundledCollection : SearchableCollection
{
    private readonly List<Passage> _passages = [];
    private readonly byte[] _records;

    private BundledCollection(BundledSource source, IEmbedder embedder)
        : base(source.Id, embedder)
    {
        foreach (var document in source.Read())
        {
            var ordinal = 0;
            foreach (var chunk in Chunker.Cut(document))
            {
                var passage = new Passage(
                    _passages.Count + 1, document.Id, document.Title, chunk.Heading, chunk.Text, ordinal++, document.Attributes);
                _passages.Add(passage);
                Add(passage);
            }

            Documents.Add(new CollectionDocument(document.Id, document.Title, document.Attributes, ordinal, UpdatedAt: null));
        }

        Description = new Collection(
            source.Id, source.Name, source.Description, embedder.Id, ReadOnly: true, Documents.Count, _passages.Count, CreatedAt: null);
        var size = VectorRecord.Size(HashedEmbedder.Dimensions);
        _records = GC.AllocateUninitializedArray<byte>(size * _passages.Count, pinned: true);
        foreach (var passage in _passages)
            VectorRecord.Write(_records.AsSpan((int)(passage.Id - 1) * size, size), passage.Id, HashedEmbedder.Embed(passage.Searchable));
    }

    public Collection Description { get; }

    public List<CollectionDocument> Documents { get; } = [];

    public static BundledCollection Open(BundledSource source, HashedEmbedder embedder) => new(source, embedder);

    public override unsafe Task<IReadOnlyList<Scored>> NearestAsync(float[] query, int limit, CancellationToken cancellationToken)
    {
        // Pinned for good: it never moves.
        fixed (byte* records = &MemoryMarshal.GetArrayDataReference(_records))
            return Task.FromResult(VectorScan.Search(records, _passages.Count, query, limit, cancellationToken));
    }

    public override Task<IReadOnlyList<Passage>> ReadAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Passage>>(
            [.. ids.Where(id => id >= 1 && id <= _passages.Count).Select(id => _passages[(int)id - 1])]);
}
