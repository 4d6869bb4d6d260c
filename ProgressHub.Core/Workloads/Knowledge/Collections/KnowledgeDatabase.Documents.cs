using Dapper;
using Microsoft.Data.Sqlite;

namespace ProgressHub.Core.Workloads.Knowledge.Collections;

/// <content>Documents and their passages.</content>
internal sealed partial class KnowledgeDatabase
{
    private const string PassageColumns =
        """
        p.id AS Id, d.id AS DocumentId, d.title AS Title, d.attributes AS Attributes, p.ordinal AS Ordinal, p.heading AS Heading, p.text AS Text
        """;

    private const int IdsAtOnce = 500;

    /// <summary>The first of so many passage ids that nobody else gets.</summary>
    public Task<long> ReserveIdsAsync(int count, CancellationToken cancellationToken) => WriteAsync(
        (connection, transaction) => connection.ExecuteScalar<long>(
            "UPDATE passage_ids SET next = next + @count RETURNING next - @count", new { count }, transaction),
        cancellationToken);

    /// <summary>The content hashes of those of the documents that are there, by id.</summary>
    public Task<Dictionary<string, string>> ReadHashesAsync(string collection, CancellationToken cancellationToken) => RunAsync(
        connection => connection.Query<(string Id, string Hash)>(
            "SELECT id, hash FROM documents WHERE collection = @collection", new { collection })
            .ToDictionary(d => d.Id, d => d.Hash, StringComparer.Ordinal),
        cancellationToken);

    /// <summary>
    /// Takes in documents with their passages, in place of what has the same id: all of them or, after a crash, none.
    /// </summary>
    /// <returns>The passages that are no more.</returns>
    /// <exception cref="WorkloadException"><c>collection_not_found</c>: it was deleted meanwhile.</exception>
    public Task<IReadOnlyList<long>> ReplaceAsync(
        string collection, IReadOnlyList<DocumentWrite> documents, CancellationToken cancellationToken) => WriteAsync<IReadOnlyList<long>>(
        (connection, transaction) =>
        {
            if (connection.ExecuteScalar<long>("SELECT count(*) FROM collections WHERE id = @collection", new { collection }, transaction) == 0)
                throw CollectionGone();
            List<long> gone = [];
            foreach (var document in documents)
            {
                gone.AddRange(Remove(connection, transaction, collection, document.Id));
                var key = connection.ExecuteScalar<long>(
                    """
                    INSERT INTO documents (collection, id, title, attributes, hash, passages, updated_at)
                    VALUES (@collection, @Id, @Title, @attributes, @Hash, @count, @now) RETURNING key
                    """,
                    new { collection, document.Id, document.Title, attributes = Write(document.Attributes), document.Hash, count = document.Passages.Count, now = Now() },
                    transaction);
                connection.Execute(
                    "INSERT INTO passages (id, document, ordinal, heading, text) VALUES (@Id, @key, @Ordinal, @Heading, @Text)",
                    document.Passages.Select(p => new { p.Id, key, p.Ordinal, p.Heading, p.Text }), transaction);
            }

            return gone;
        },
        cancellationToken);

    /// <summary>Removes a document; returns its passages, or null where there is none of that id.</summary>
    public Task<IReadOnlyList<long>?> RemoveDocumentAsync(string collection, string id, CancellationToken cancellationToken) => WriteAsync<IReadOnlyList<long>?>(
        (connection, transaction) =>
        {
            var there = connection.ExecuteScalar<long>(
                "SELECT count(*) FROM documents WHERE collection = @collection AND id = @id", new { collection, id }, transaction) > 0;
            return there ? Remove(connection, transaction, collection, id) : null;
        },
        cancellationToken);

    /// <summary>Makes sure that documents of these passages are taken in again when they come next.</summary>
    public Task<int> ForgetHashesAsync(IReadOnlyCollection<long> passages, CancellationToken cancellationToken) => WriteAsync(
        (connection, transaction) => passages.Chunk(IdsAtOnce).Sum(ids => connection.Execute(
            "UPDATE documents SET hash = '' WHERE key IN (SELECT document FROM passages WHERE id IN @ids)", new { ids }, transaction)),
        cancellationToken);

    public Task<IReadOnlyList<DocumentRow>> ListDocumentsAsync(
        string collection, string after, int limit, CancellationToken cancellationToken) => RunAsync<IReadOnlyList<DocumentRow>>(
        connection => connection.Query<DocumentRow>(
            """
            SELECT id AS Id, title AS Title, attributes AS Attributes, passages AS Passages, updated_at AS UpdatedAt
            FROM documents WHERE collection = @collection AND id > @after ORDER BY id LIMIT @limit
            """,
            new { collection, after, limit }).AsList(),
        cancellationToken);

    /// <summary>Passages by their ids; those that are gone are not among them.</summary>
    public Task<IReadOnlyList<Passage>> ReadPassagesAsync(
        string collection, IReadOnlyCollection<long> ids, CancellationToken cancellationToken) => RunAsync<IReadOnlyList<Passage>>(
        connection => [.. ids.Chunk(IdsAtOnce).SelectMany(some => connection.Query<PassageRow>(
            $"SELECT {PassageColumns} FROM passages p JOIN documents d ON d.key = p.document WHERE d.collection = @collection AND p.id IN @some",
            new { collection, some })).Select(ToPassage)],
        cancellationToken);

    /// <summary>A page of a collection's passages, by id.</summary>
    public Task<IReadOnlyList<Passage>> ListPassagesAsync(
        string collection, long after, int limit, CancellationToken cancellationToken) => RunAsync<IReadOnlyList<Passage>>(
        connection => [.. connection.Query<PassageRow>(
            $"""
            SELECT {PassageColumns} FROM passages p JOIN documents d ON d.key = p.document
            WHERE d.collection = @collection AND p.id > @after ORDER BY p.id LIMIT @limit
            """,
            new { collection, after, limit }).Select(ToPassage)],
        cancellationToken);

    private static List<long> Remove(SqliteConnection connection, SqliteTransaction transaction, string collection, string id)
    {
        var gone = connection.Query<long>(
            "SELECT p.id FROM passages p JOIN documents d ON d.key = p.document WHERE d.collection = @collection AND d.id = @id",
            new { collection, id }, transaction).AsList();
        connection.Execute(
            "DELETE FROM passages WHERE document IN (SELECT key FROM documents WHERE collection = @collection AND id = @id)",
            new { collection, id }, transaction);
        connection.Execute(
            "DELETE FROM documents WHERE collection = @collection AND id = @id", new { collection, id }, transaction);
        return gone;
    }

    private static Passage ToPassage(PassageRow row) => new(
        row.Id, row.DocumentId, row.Title, row.Heading, row.Text, row.Ordinal, ReadAttributes(row.Attributes));
}
