using System.Text.Json;
using Dapper;
using ProgressHub.Core.Sql;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Knowledge.Collections;

/// <summary>The documents of all collections in the database, and the passages they were cut into.</summary>
internal sealed class DocumentStore(ISqlDatabase database, TimeProvider time)
{
    private const string PassageColumns =
        """
        p.id AS Id, d.id AS DocumentId, d.title AS Title, d.attributes AS Attributes, p.ordinal AS Ordinal, p.heading AS Heading, p.text AS Text, p.page AS Page, p.line AS Line
        """;

    private const int IdsAtOnce = 500;
    private const int PassagesAtOnce = 500;

    /// <summary>The first of so many passage ids that nobody else gets.</summary>
    public Task<long> ReserveIdsAsync(int count, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            if (connection.ExecuteScalar<long?>("UPDATE passage_ids SET next = next + @count RETURNING next - @count", new { count }) is { } first)
                return first;
            connection.Execute("INSERT INTO passage_ids (next) VALUES (@count + 1)", new { count });
            return 1;
        },
        cancellationToken);

    /// <summary>What the documents that are there consist of, by id.</summary>
    public Task<Dictionary<string, KeptDocument>> ReadKeptAsync(string collection, CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.Query<(string Id, string Hash, long Bytes, long Passages)>(
            "SELECT id, hash, bytes, passages FROM documents WHERE collection = @collection", new { collection })
            .ToDictionary(d => d.Id, d => new KeptDocument(d.Hash, d.Bytes, d.Passages), StringComparer.Ordinal),
        cancellationToken);

    /// <summary>
    /// Takes in documents with their passages, in place of what has the same id: all of them or, after a crash, none.
    /// </summary>
    /// <param name="present">The collection, with the vectors that those of the documents are among.</param>
    /// <param name="documents">The documents.</param>
    /// <param name="progress">Hears the share that is written, 0..1, on the thread that writes.</param>
    /// <param name="cancellationToken">Ends it before it begins.</param>
    /// <exception cref="WorkloadException">
    /// <c>collection_not_found</c>: it was deleted meanwhile; <c>collection_rebuilt</c>: it is searched by other vectors now.
    /// </exception>
    public Task<DocumentChange> ReplaceAsync(
        CollectionRecord present, IReadOnlyList<DocumentWrite> documents, Action<double> progress, CancellationToken cancellationToken) => database.AddAsync(
        connection =>
        {
            var collection = present.Id;
            var version = connection.ExecuteScalar<long?>(
                "UPDATE collections SET version = version + 1 WHERE id = @Id AND generation = @Generation RETURNING version", present)
                ?? throw (connection.ExecuteScalar<long>("SELECT count(*) FROM collections WHERE id = @Id", present) == 0
                    ? UnknownCollection.Gone()
                    : UnknownCollection.Rebuilt());
            List<long> gone = [];
            var (all, written) = (Math.Max(1, documents.Sum(d => d.Passages.Count)), 0);
            foreach (var document in documents)
            {
                gone.AddRange(Remove(connection, collection, document.Id));
                var key = connection.ExecuteScalar<long>(
                    """
                    INSERT INTO documents (collection, id, title, attributes, hash, passages, bytes, updated_at)
                    VALUES (@collection, @Id, @Title, @attributes, @Hash, @count, @Bytes, @now) RETURNING key
                    """,
                    new
                    {
                        collection, document.Id, document.Title, attributes = WriteAttributes(document.Attributes), document.Hash, document.Bytes,
                        count = document.Passages.Count, now = time.GetUtcNow().ToUnixTimeMilliseconds(),
                    });
                foreach (var some in document.Passages.Chunk(PassagesAtOnce))
                {
                    connection.Execute(
                        "INSERT INTO passages (id, document, ordinal, heading, text, page, line) VALUES (@Id, @key, @Ordinal, @Heading, @Text, @Page, @Line)",
                        some.Select(p => new { p.Id, key, p.Ordinal, p.Heading, p.Text, p.Page, p.Line }));
                    progress((double)(written += some.Length) / all);
                }
            }

            return new DocumentChange(gone, version);
        },
        cancellationToken);

    /// <summary>Removes a document; null where there is none of that id.</summary>
    public Task<DocumentChange?> RemoveDocumentAsync(string collection, string id, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            var there = connection.ExecuteScalar<long>(
                "SELECT count(*) FROM documents WHERE collection = @collection AND id = @id", new { collection, id }) > 0;
            return there
                ? new DocumentChange(
                    Remove(connection, collection, id),
                    connection.ExecuteScalar<long>("UPDATE collections SET version = version + 1 WHERE id = @collection RETURNING version", new { collection }))
                : null;
        },
        cancellationToken);

    /// <summary>Makes sure that documents of these passages are taken in again when they come next.</summary>
    public Task<int> ForgetHashesAsync(IReadOnlyCollection<long> passages, CancellationToken cancellationToken) => database.WriteAsync(
        connection => passages.Chunk(IdsAtOnce).Sum(ids => connection.Execute(
            $"UPDATE documents SET hash = '' WHERE key IN (SELECT document FROM passages WHERE {connection.IsAnyOf("id", "ids")})", new { ids })),
        cancellationToken);

    /// <summary>A page of a collection's documents, by id.</summary>
    public Task<IReadOnlyList<CollectionDocument>> ListDocumentsAsync(
        string collection, string after, int limit, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<CollectionDocument>>(
        connection => [.. connection.Query<DocumentRow>(
            """
            SELECT id AS Id, title AS Title, attributes AS Attributes, passages AS Passages, updated_at AS UpdatedAt
            FROM documents WHERE collection = @collection AND id > @after ORDER BY id LIMIT @limit
            """,
            new { collection, after, limit }).Select(ToDocument)],
        cancellationToken);

    /// <summary>Passages by their ids; those that are gone are not among them.</summary>
    public Task<IReadOnlyList<Passage>> ReadPassagesAsync(
        string collection, IReadOnlyCollection<long> ids, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Passage>>(
        connection => [.. ids.Chunk(IdsAtOnce).SelectMany(some => connection.Query<PassageRow>(
            $"SELECT {PassageColumns} FROM passages p JOIN documents d ON d.key = p.document WHERE d.collection = @collection AND {connection.IsAnyOf("p.id", "some")}",
            new { collection, some })).Select(ToPassage)],
        cancellationToken);

    /// <summary>The ids of all passages of a collection.</summary>
    public Task<HashSet<long>> ReadPassageIdsAsync(string collection, CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.Query<long>(
            "SELECT p.id FROM passages p JOIN documents d ON d.key = p.document WHERE d.collection = @collection", new { collection }).ToHashSet(),
        cancellationToken);

    /// <summary>A page of a collection's passages, by id.</summary>
    public Task<IReadOnlyList<Passage>> ListPassagesAsync(
        string collection, long after, int limit, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Passage>>(
        connection => [.. connection.Query<PassageRow>(
            $"""
            SELECT {PassageColumns} FROM passages p JOIN documents d ON d.key = p.document
            WHERE d.collection = @collection AND p.id > @after ORDER BY p.id LIMIT @limit
            """,
            new { collection, after, limit }).Select(ToPassage)],
        cancellationToken);

    /// <summary>Attributes as they are stored.</summary>
    public static string WriteAttributes(IReadOnlyDictionary<string, string> attributes) =>
        JsonSerializer.Serialize(new Dictionary<string, string>(attributes), KnowledgeJson.Default.DictionaryStringString);

    private static List<long> Remove(SqlCalls connection, string collection, string id)
    {
        var gone = connection.Query<long>(
            "SELECT p.id FROM passages p JOIN documents d ON d.key = p.document WHERE d.collection = @collection AND d.id = @id",
            new { collection, id }).AsList();
        connection.Execute(
            "DELETE FROM passages WHERE document IN (SELECT key FROM documents WHERE collection = @collection AND id = @id)",
            new { collection, id });
        connection.Execute(
            "DELETE FROM documents WHERE collection = @collection AND id = @id", new { collection, id });
        return gone;
    }

    private static CollectionDocument ToDocument(DocumentRow row) => new(
        row.Id, row.Title, ReadAttributes(row.Attributes), row.Passages, DateTimeOffset.FromUnixTimeMilliseconds(row.UpdatedAt));

    private static Passage ToPassage(PassageRow row) => new(
        row.Id, row.DocumentId, row.Title, row.Heading, row.Text, row.Ordinal, ReadAttributes(row.Attributes))
    {
        Page = (int?)row.Page, Line = (int?)row.Line,
    };

    private static Dictionary<string, string> ReadAttributes(string json) =>
        JsonSerializer.Deserialize(json, KnowledgeJson.Default.DictionaryStringString) ?? [];
}
