using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using ProgressHub.Core.Sqlite;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Knowledge.Collections;

/// <summary>The documents of all collections in the database, and the passages they were cut into.</summary>
internal sealed class DocumentStore(SqliteDatabase database, TimeProvider time)
{
    private const string PassageColumns =
        """
        p.id AS Id, d.id AS DocumentId, d.title AS Title, d.attributes AS Attributes, p.ordinal AS Ordinal, p.heading AS Heading, p.text AS Text, p.page AS Page, p.line AS Line
        """;

    private const int IdsAtOnce = 500;
    private const int PassagesAtOnce = 500;

    /// <summary>The first of so many passage ids that nobody else gets.</summary>
    public Task<long> ReserveIdsAsync(int count, CancellationToken cancellationToken) => database.WriteAsync(
        connection => connection.ExecuteScalar<long>(
            "UPDATE passage_ids SET next = next + @count RETURNING next - @count", new { count }),
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
    /// <param name="collection">The collection.</param>
    /// <param name="documents">The documents.</param>
    /// <param name="progress">Hears the share that is written, 0..1, on the thread that writes.</param>
    /// <param name="cancellationToken">Ends it before it begins.</param>
    /// <returns>The passages that are no more.</returns>
    /// <exception cref="WorkloadException"><c>collection_not_found</c>: it was deleted meanwhile.</exception>
    public Task<IReadOnlyList<long>> ReplaceAsync(
        string collection, IReadOnlyList<DocumentWrite> documents, Action<double> progress, CancellationToken cancellationToken) => database.AddAsync<IReadOnlyList<long>>(
        connection =>
        {
            if (connection.ExecuteScalar<long>("SELECT count(*) FROM collections WHERE id = @collection", new { collection }) == 0)
                throw UnknownCollection.Gone();
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

            return gone;
        },
        cancellationToken);

    /// <summary>Removes a document; returns its passages, or null where there is none of that id.</summary>
    public Task<IReadOnlyList<long>?> RemoveDocumentAsync(string collection, string id, CancellationToken cancellationToken) => database.WriteAsync<IReadOnlyList<long>?>(
        connection =>
        {
            var there = connection.ExecuteScalar<long>(
                "SELECT count(*) FROM documents WHERE collection = @collection AND id = @id", new { collection, id }) > 0;
            return there ? Remove(connection, collection, id) : null;
        },
        cancellationToken);

    /// <summary>Makes sure that documents of these passages are taken in again when they come next.</summary>
    public Task<int> ForgetHashesAsync(IReadOnlyCollection<long> passages, CancellationToken cancellationToken) => database.WriteAsync(
        connection => passages.Chunk(IdsAtOnce).Sum(ids => connection.Execute(
            "UPDATE documents SET hash = '' WHERE key IN (SELECT document FROM passages WHERE id IN @ids)", new { ids })),
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
            $"SELECT {PassageColumns} FROM passages p JOIN documents d ON d.key = p.document WHERE d.collection = @collection AND p.id IN @some",
            new { collection, some })).Select(ToPassage)],
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

    private static List<long> Remove(SqliteConnection connection, string collection, string id)
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
