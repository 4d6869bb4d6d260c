using ProgressHub.Workloads.Knowledge.Embedding;
using ProgressHub.Workloads.Knowledge.Indexing;

namespace ProgressHub.Workloads.Knowledge.Collections;

/// <summary>A collection that is open: what its passages are found by is in memory.</summary>
internal abstract class SearchableCollection(string id, IEmbedder embedder)
{
    public string Id => id;

    /// <summary>What makes its vectors, and those of questions.</summary>
    public IEmbedder Embedder => embedder;

    /// <summary>Its passages by their words.</summary>
    public Bm25Index Words { get; } = new();

    /// <summary>Its passages by what is known of their documents.</summary>
    public AttributeIndex Attributes { get; } = new();

    /// <summary>Those who search it now.</summary>
    public Readers Readers { get; } = new();

    /// <summary>The passages nearest to a vector, best first, by cosine; of those in <paramref name="within"/> alone where it is not null.</summary>
    public abstract Task<IReadOnlyList<Scored>> NearestAsync(
        float[] query, int limit, IReadOnlySet<long>? within, CancellationToken cancellationToken);

    /// <summary>Passages by their ids; those that are gone are not among them.</summary>
    public abstract Task<IReadOnlyList<Passage>> ReadAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken);

    /// <summary>Makes a passage found.</summary>
    public void Add(Passage passage)
    {
        Words.Add(passage.Id, Tokenizer.Terms(passage.Searchable));
        Attributes.Add(passage.Id, passage.Attributes);
    }

    /// <summary>Makes a passage found no more.</summary>
    public void Remove(long passage)
    {
        Words.Remove(passage);
        Attributes.Remove(passage);
    }
}
