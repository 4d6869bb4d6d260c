using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Workloads.Knowledge.Collections;
using ProgressHub.Core.Workloads.Knowledge.Documents;
using ProgressHub.Core.Workloads.Knowledge.Embedding;
using ProgressHub.Core.Workloads.Knowledge.Retrieval;

namespace ProgressHub.Core.Workloads.Knowledge;

/// <summary>
/// The collections of documents: one's own, and those that come with the server. What is somebody else's does not exist
/// (I9).
/// </summary>
public sealed class KnowledgeLibrary
{
    /// <summary>How long the name of a collection may be.</summary>
    public const int MaxName = 200;

    /// <summary>How long its description may be.</summary>
    public const int MaxDescription = 1000;

    /// <summary>How large a file may be that documents are read from, in bytes.</summary>
    public const long MaxFileBytes = DocumentReader.MaxFileBytes;

    private readonly KnowledgeDatabase _database;
    private readonly OpenCollections _open;
    private readonly Embedders _embedders;
    private readonly Retriever _retriever;
    private readonly IOptions<KnowledgeOptions> _options;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, Lazy<BundledCollection>> _bundled;

    internal KnowledgeLibrary(
        KnowledgeDatabase database, OpenCollections open, Embedders embedders, HashedEmbedder hashed, Retriever retriever,
        IOptions<KnowledgeOptions> options, TimeProvider time)
    {
        (_database, _open, _embedders, _retriever, _options, _time) = (database, open, embedders, retriever, options, time);
        _bundled = BundledSource.All.ToDictionary(
            source => source.Id, source => new Lazy<BundledCollection>(() => BundledCollection.Open(source, hashed)), StringComparer.Ordinal);
    }

    /// <summary>The endings of files that documents are read from.</summary>
    public static IReadOnlyList<string> FileTypes => DocumentReader.Extensions;

    /// <summary>What makes the vectors of new collections, the server's default first.</summary>
    public IReadOnlyList<EngineStatus> Embeddings =>
        [.. _embedders.Statuses.OrderBy(engine => engine.Id != _options.Value.DefaultEmbedding)];

    /// <summary>Why no document will be read from a file, as far as its name and size (in bytes) tell; null where they are fine.</summary>
    public static string? RefusalOf(string fileName, long bytes) => DocumentReader.Refuse(fileName, bytes)?.Message;

    /// <summary>The tag of the jobs that fill a collection, to list them by.</summary>
    public static string TagOf(string collection) => $"collection:{collection}";

    /// <summary>Makes a collection.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <param name="name">What to call it, 1 to <see cref="MaxName"/> characters.</param>
    /// <param name="description">What it is about; null for nothing said.</param>
    /// <param name="embedding">What makes its vectors: <c>hashed</c> or <c>openai</c>; null for the server's default.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="WorkloadException">
    /// <c>invalid_input</c>, <c>unknown_engine</c>, <c>engine_unavailable</c>, or <c>too_many_collections</c>.
    /// </exception>
    public async Task<Collection> CreateAsync(
        string owner, string name, string? description, string? embedding, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Trim().Length > MaxName || name.Any(char.IsControl))
            throw new WorkloadException("invalid_input", $"'name' has 1 to {MaxName} characters.") { Property = "name" };
        if (description?.Length > MaxDescription)
            throw new WorkloadException("invalid_input", $"'description' has at most {MaxDescription} characters.") { Property = "description" };
        var embedder = _embedders.ForNew(embedding ?? _options.Value.DefaultEmbedding);
        var row = new CollectionRow(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), owner, name.Trim(), description, embedder.Id, null,
            _time.GetUtcNow().ToUnixTimeMilliseconds());
        return await _database.AddAsync(row, _options.Value.MaxCollections, cancellationToken).ConfigureAwait(false)
            ? View(row, new CountsRow(0, 0, 0))
            : throw new WorkloadException("too_many_collections", $"You have {_options.Value.MaxCollections} collections, which is as many as the server allows.");
    }

    /// <summary>The collections that somebody may ask: the bundled ones, then their own, oldest first.</summary>
    public async Task<IReadOnlyList<Collection>> ListAsync(string owner, CancellationToken cancellationToken)
    {
        List<Collection> all = [.. _bundled.Values.Select(b => b.Value.Description)];
        foreach (var row in await _database.ListAsync(owner, cancellationToken).ConfigureAwait(false))
            all.Add(View(row, await _database.CountAsync(row.Id, cancellationToken).ConfigureAwait(false)));
        return all;
    }

    /// <summary>A collection, or null where this owner may ask no such one.</summary>
    public async Task<Collection?> FindAsync(string owner, string id, CancellationToken cancellationToken)
    {
        if (_bundled.TryGetValue(id, out var bundled))
            return bundled.Value.Description;
        return await _database.FindAsync(owner, id, cancellationToken).ConfigureAwait(false) is { } row
            ? View(row, await _database.CountAsync(id, cancellationToken).ConfigureAwait(false))
            : null;
    }

    /// <summary>Whether a collection has a document with all of these attributes; false where this owner may ask no such collection.</summary>
    public async Task<bool> HasAsync(
        string owner, string id, IReadOnlyDictionary<string, string> attributes, CancellationToken cancellationToken) =>
        await OpenAsync(owner, id, cancellationToken).ConfigureAwait(false) is { } open && open.Attributes.With(attributes).Count > 0;

    /// <summary>Deletes a collection with all that is in it; false where this owner has no such one.</summary>
    /// <exception cref="WorkloadException"><c>collection_read_only</c>: it comes with the server.</exception>
    public async Task<bool> DeleteAsync(string owner, string id, CancellationToken cancellationToken)
    {
        if (await FindOwnAsync(owner, id, cancellationToken).ConfigureAwait(false) is not { } row)
            return false;
        await _open.RemoveAsync(row, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>A page of documents by id; null where this owner may ask no such collection.</summary>
    /// <param name="owner">Who asks.</param>
    /// <param name="id">The collection.</param>
    /// <param name="after">The id of the document before the page; null for the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<CollectionDocument>?> ListDocumentsAsync(
        string owner, string id, string? after, int limit, CancellationToken cancellationToken)
    {
        if (_bundled.TryGetValue(id, out var bundled))
        {
            return [.. bundled.Value.Documents.OrderBy(d => d.Id, StringComparer.Ordinal)
                .Where(d => string.CompareOrdinal(d.Id, after ?? "") > 0).Take(limit)];
        }

        if (await _database.FindAsync(owner, id, cancellationToken).ConfigureAwait(false) is null)
            return null;
        var rows = await _database.ListDocumentsAsync(id, after ?? "", limit, cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(d => new CollectionDocument(
            d.Id, d.Title, KnowledgeDatabase.ReadAttributes(d.Attributes), d.Passages, DateTimeOffset.FromUnixTimeMilliseconds(d.UpdatedAt)))];
    }

    /// <summary>Removes a document; false where this owner has no such one.</summary>
    /// <exception cref="WorkloadException"><c>collection_read_only</c>: it comes with the server.</exception>
    public async Task<bool> DeleteDocumentAsync(string owner, string id, string documentId, CancellationToken cancellationToken) =>
        await FindOwnAsync(owner, id, cancellationToken).ConfigureAwait(false) is { } row
        && await _open.RemoveDocumentAsync(row, documentId, cancellationToken).ConfigureAwait(false);

    /// <summary>A passage, or null where this owner may see no such one.</summary>
    public async Task<Passage?> FindPassageAsync(string owner, string id, long passageId, CancellationToken cancellationToken)
    {
        if (_bundled.TryGetValue(id, out var bundled))
            return (await bundled.Value.ReadAsync([passageId], cancellationToken).ConfigureAwait(false)).SingleOrDefault();
        return await _database.FindAsync(owner, id, cancellationToken).ConfigureAwait(false) is null
            ? null
            : (await _database.ReadPassagesAsync(id, [passageId], cancellationToken).ConfigureAwait(false)).SingleOrDefault();
    }

    /// <summary>The passages that would answer a question, best first; null where this owner may ask no such collection.</summary>
    public async Task<IReadOnlyList<SearchHit>?> SearchAsync(
        string owner, string id, string question, int limit, CancellationToken cancellationToken)
    {
        if (await OpenAsync(owner, id, cancellationToken).ConfigureAwait(false) is not { } collection)
            return null;
        var found = await _retriever.SearchAsync(
            collection, new SearchQuery(question, limit), (_, _) => ValueTask.CompletedTask, cancellationToken).ConfigureAwait(false);
        return [.. found.Passages.Select(f => new SearchHit(f.Passage, f.Named, f.Score, f.Cosine, f.Coverage))];
    }

    /// <summary>A collection to search; null where this owner may ask no such one.</summary>
    internal async Task<SearchableCollection?> OpenAsync(string owner, string id, CancellationToken cancellationToken)
    {
        if (_bundled.TryGetValue(id, out var bundled))
            return bundled.Value;
        return await _database.FindAsync(owner, id, cancellationToken).ConfigureAwait(false) is { } row
            ? await _open.OpenAsync(row, cancellationToken).ConfigureAwait(false)
            : null;
    }

    /// <summary>A collection to write to; null where this owner has no such one.</summary>
    /// <exception cref="WorkloadException"><c>collection_read_only</c>: it comes with the server.</exception>
    internal Task<CollectionRow?> FindOwnAsync(string owner, string id, CancellationToken cancellationToken) =>
        _bundled.ContainsKey(id)
            ? throw new WorkloadException("collection_read_only", "This collection comes with the server and can't be changed.") { Property = "collection" }
            : _database.FindAsync(owner, id, cancellationToken);

    private static Collection View(CollectionRow row, CountsRow counts) => new(
        row.Id, row.Name, row.Description, row.Embedding, ReadOnly: false, counts.Documents, counts.Passages,
        DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
        counts.UpdatedAt > 0 ? DateTimeOffset.FromUnixTimeMilliseconds(counts.UpdatedAt) : null);
}

/// <summary>A passage that a search found.</summary>
/// <param name="Passage">The passage.</param>
/// <param name="Named">Whether the question names it, such as by its number.</param>
/// <param name="Score">How well it fits, 0..1.</param>
/// <param name="Cosine">How near its vector is to the question's, -1..1; 0 where it was not among the nearest.</param>
/// <param name="Coverage">How much of the question's words is in it, 0..1; rare words weigh more.</param>
public sealed record SearchHit(Passage Passage, bool Named, double Score, double Cosine, double Coverage);
