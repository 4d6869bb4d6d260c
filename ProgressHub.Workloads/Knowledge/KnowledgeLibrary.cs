using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Knowledge.Collections;
using ProgressHub.Workloads.Knowledge.Documents;
using ProgressHub.Workloads.Knowledge.Embedding;
using ProgressHub.Workloads.Knowledge.Retrieval;

namespace ProgressHub.Workloads.Knowledge;

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

    private readonly CollectionAccess _access;
    private readonly KnowledgeDatabase _database;
    private readonly OpenCollections _open;
    private readonly Embedders _embedders;
    private readonly Retriever _retriever;
    private readonly IOptions<KnowledgeOptions> _options;

    internal KnowledgeLibrary(
        CollectionAccess access, KnowledgeDatabase database, OpenCollections open, Embedders embedders, Retriever retriever,
        IOptions<KnowledgeOptions> options) =>
        (_access, _database, _open, _embedders, _retriever, _options) = (access, database, open, embedders, retriever, options);

    /// <summary>The endings of files that documents are read from.</summary>
    public static IReadOnlyList<string> FileTypes => FileFormats.Known;

    /// <summary>What makes the vectors of new collections, the server's default first.</summary>
    public IReadOnlyList<EngineStatus> Embeddings =>
        [.. _embedders.Statuses.OrderBy(engine => engine.Id != _options.Value.DefaultEmbedding)];

    /// <summary>Why no document will be read from a file, as far as its name and size (in bytes) tell; null where they are fine.</summary>
    public static WorkloadException? RefusalOf(string fileName, long bytes) => DocumentReader.Refuse(fileName, bytes);

    /// <summary>The tag of the jobs that fill a collection, to list them by.</summary>
    public static string TagOf(string collection) => $"collection:{collection}";

    /// <summary>Makes a collection.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <param name="name">What to call it, 1 to <see cref="MaxName"/> characters.</param>
    /// <param name="description">What it is about; null for nothing said.</param>
    /// <param name="embedding">What makes its vectors: <c>minilm</c>, <c>hashed</c> or <c>openai</c>; null for the server's default.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="WorkloadException">
    /// <c>invalid_input</c>, <c>unknown_engine</c>, <c>engine_unavailable</c>, or <c>too_many_collections</c>.
    /// </exception>
    public async Task<Collection> CreateAsync(
        string owner, string name, string? description, string? embedding, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Trim().Length > MaxName || name.Any(c => char.IsControl(c) || TextDirection.IsControl(c)))
            throw new WorkloadException("invalid_input", $"'name' has 1 to {MaxName} characters.") { Property = "name" };
        if (description?.Length > MaxDescription)
            throw new WorkloadException("invalid_input", $"'description' has at most {MaxDescription} characters.") { Property = "description" };
        var embedder = _embedders.ForNew(embedding ?? _options.Value.DefaultEmbedding);
        var collection = new CollectionRecord(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), owner, name.Trim(), description, embedder.Id, null, CreatedAt: 0);
        return await _database.Collections.AddAsync(collection, _options.Value.MaxCollections, cancellationToken) is { } row
            ? View(row, new CountsRow(0, 0, 0))
            : throw new WorkloadException("too_many_collections", $"You have {_options.Value.MaxCollections} collections, which is as many as the server allows.");
    }

    /// <summary>The collections that somebody may ask: the bundled ones, then their own, oldest first.</summary>
    public async Task<IReadOnlyList<Collection>> ListAsync(string owner, CancellationToken cancellationToken)
    {
        List<Collection> all = [.. _access.Bundled.All.Select(bundled => bundled.Description)];
        foreach (var row in await _database.Collections.ListAsync(owner, cancellationToken))
            all.Add(View(row, await _database.Collections.CountAsync(row.Id, cancellationToken)));
        return all;
    }

    /// <summary>A collection, or null where this owner may ask no such one.</summary>
    public async Task<Collection?> FindAsync(string owner, string id, CancellationToken cancellationToken)
    {
        if (_access.Bundled.TryFind(id, out var bundled))
            return bundled.Description;
        return await _access.FindRowAsync(owner, id, cancellationToken) is { } row
            ? View(row, await _database.Collections.CountAsync(id, cancellationToken))
            : null;
    }

    /// <summary>Whether a collection has a document with all of these attributes; false where this owner may ask no such collection.</summary>
    public async Task<bool> HasAsync(
        string owner, string id, IReadOnlyDictionary<string, string> attributes, CancellationToken cancellationToken) =>
        await _access.OpenAsync(owner, id, cancellationToken) is { } open && open.Attributes.With(attributes).Count > 0;

    /// <summary>Deletes a collection with all that is in it; false where this owner has no such one.</summary>
    /// <exception cref="WorkloadException"><c>collection_read_only</c>: it comes with the server.</exception>
    public async Task<bool> DeleteAsync(string owner, string id, CancellationToken cancellationToken)
    {
        if (await _access.FindOwnAsync(owner, id, cancellationToken) is not { } row)
            return false;
        await _open.RemoveAsync(row, cancellationToken);
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
        if (_access.Bundled.TryFind(id, out var bundled))
        {
            return [.. bundled.Documents.OrderBy(d => d.Id, StringComparer.Ordinal)
                .Where(d => string.CompareOrdinal(d.Id, after ?? "") > 0).Take(limit)];
        }

        return await _access.FindRowAsync(owner, id, cancellationToken) is null
            ? null
            : await _database.Documents.ListDocumentsAsync(id, after ?? "", limit, cancellationToken);
    }

    /// <summary>Removes a document; false where this owner has no such one.</summary>
    /// <exception cref="WorkloadException"><c>collection_read_only</c>: it comes with the server.</exception>
    public async Task<bool> DeleteDocumentAsync(string owner, string id, string documentId, CancellationToken cancellationToken) =>
        await _access.FindOwnAsync(owner, id, cancellationToken) is { } row
        && await _open.RemoveDocumentAsync(row, documentId, cancellationToken);

    /// <summary>A passage, or null where this owner may see no such one.</summary>
    public async Task<Passage?> FindPassageAsync(string owner, string id, long passageId, CancellationToken cancellationToken)
    {
        if (_access.Bundled.TryFind(id, out var bundled))
            return (await bundled.ReadAsync([passageId], cancellationToken)).SingleOrDefault();
        return await _access.FindRowAsync(owner, id, cancellationToken) is null
            ? null
            : (await _database.Documents.ReadPassagesAsync(id, [passageId], cancellationToken)).SingleOrDefault();
    }

    /// <summary>The passages that would answer a question, best first; null where this owner may ask no such collection.</summary>
    public async Task<IReadOnlyList<SearchHit>?> SearchAsync(
        string owner, string id, string question, int limit, CancellationToken cancellationToken)
    {
        var found = await SearchAsync(
            owner, id, new SearchQuery(question, limit), (_, _) => ValueTask.CompletedTask, cancellationToken);
        return found is null ? null : [.. found.Passages.Select(f => new SearchHit(f.Passage, f.Named, f.Score, f.Cosine, f.Coverage))];
    }

    /// <summary>Searches a collection; null where this owner may ask no such one.</summary>
    internal async Task<Findings?> SearchAsync(
        string owner, string id, SearchQuery query, Func<WorkloadException, TimeSpan, ValueTask> retrying, CancellationToken cancellationToken)
    {
        while (await _access.OpenAsync(owner, id, cancellationToken) is { } collection)
        {
            // It may have been made anew since it was opened: then the new one is searched.
            using var reading = collection.Readers.Enter();
            if (reading is not null)
                return await _retriever.SearchAsync(collection, query, retrying, cancellationToken);
        }

        return null;
    }

    /// <inheritdoc cref="CollectionAccess.OpenAsync"/>
    internal Task<SearchableCollection?> OpenAsync(string owner, string id, CancellationToken cancellationToken) =>
        _access.OpenAsync(owner, id, cancellationToken);

    /// <inheritdoc cref="CollectionAccess.FindOwnAsync"/>
    internal Task<CollectionRecord?> FindOwnAsync(string owner, string id, CancellationToken cancellationToken) =>
        _access.FindOwnAsync(owner, id, cancellationToken);

    private Collection View(CollectionRecord row, CountsRow counts) => new(
        row.Id, row.Name, row.Description, row.Embedding, ReadOnly: false, counts.Documents, counts.Passages,
        DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt),
        counts.UpdatedAt > 0 ? DateTimeOffset.FromUnixTimeMilliseconds(counts.UpdatedAt) : null)
    {
        Dimensions = row.Dimensions,
        Better = _embedders.BetterThan(row.Embedding, _options.Value.DefaultEmbedding),
    };
}

/// <summary>A passage that a search found.</summary>
/// <param name="Passage">The passage.</param>
/// <param name="Named">Whether the question names it, such as by its number.</param>
/// <param name="Score">How well it fits, 0..1.</param>
/// <param name="Cosine">How near its vector is to the question's, -1..1; 0 where it was not among the nearest.</param>
/// <param name="Coverage">How much of the question's words is in it, 0..1; rare words weigh more.</param>
public sealed record SearchHit(Passage Passage, bool Named, double Score, double Cosine, double Coverage);
