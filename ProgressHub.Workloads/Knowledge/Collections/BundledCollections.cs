using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using ProgressHub.Workloads.Knowledge.Embedding;

namespace ProgressHub.Workloads.Knowledge.Collections;

/// <summary>
/// The collections that come with the server, each read when first used. Their vectors are made in this process: by
/// the model where they are in English and the server's default is not to do without.
/// </summary>
internal sealed class BundledCollections(HashedEmbedder hashed, MiniLmEmbedder miniLm, IOptions<KnowledgeOptions> options)
{
    private readonly Dictionary<string, Lazy<BundledCollection>> _all = BundledSource.All.ToDictionary(
        source => source.Id, source => new Lazy<BundledCollection>(
            () => new BundledCollection(source, source.IsEnglish && options.Value.DefaultEmbedding != HashedEmbedder.Name ? miniLm : hashed)), StringComparer.Ordinal);

    public IEnumerable<BundledCollection> All => _all.Values.Select(collection => collection.Value);

    public bool Contains(string id) => _all.ContainsKey(id);

    public bool TryFind(string id, [NotNullWhen(true)] out BundledCollection? collection)
    {
        collection = _all.TryGetValue(id, out var found) ? found.Value : null;
        return collection is not null;
    }
}
