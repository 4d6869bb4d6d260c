using Dapper;

namespace ProgressHub.Core.Workloads.Knowledge.Collections;

/// <content>Collections.</content>
internal sealed partial class KnowledgeDatabase
{
    private const string CollectionColumns =
        "id AS Id, owner AS Owner, name AS Name, description AS Description, embedding AS Embedding, dimensions AS Dimensions, created_at AS CreatedAt";

    /// <summary>Adds a collection; false where its owner has as many as allowed.</summary>
    public Task<bool> AddAsync(CollectionRow row, int most, CancellationToken cancellationToken) => WriteAsync(
        (connection, transaction) =>
        {
            var have = connection.ExecuteScalar<long>("SELECT count(*) FROM collections WHERE owner = @Owner", row, transaction);
            return have < most && connection.Execute(
                """
                INSERT INTO collections (id, owner, name, description, embedding, created_at)
                VALUES (@Id, @Owner, @Name, @Description, @Embedding, @CreatedAt)
                """,
                row, transaction) == 1;
        },
        cancellationToken);

    public Task<IReadOnlyList<CollectionRow>> ListAsync(string owner, CancellationToken cancellationToken) => RunAsync<IReadOnlyList<CollectionRow>>(
        connection => connection.Query<CollectionRow>(
            $"SELECT {CollectionColumns} FROM collections WHERE owner = @owner ORDER BY created_at, id", new { owner }).AsList(),
        cancellationToken);

    /// <summary>A collection, or null where its owner has no such one.</summary>
    public Task<CollectionRow?> FindAsync(string owner, string id, CancellationToken cancellationToken) => RunAsync(
        connection => connection.QuerySingleOrDefault<CollectionRow>(
            $"SELECT {CollectionColumns} FROM collections WHERE id = @id AND owner = @owner", new { id, owner }),
        cancellationToken);

    public Task<CountsRow> CountAsync(string id, CancellationToken cancellationToken) => RunAsync(
        connection => connection.QuerySingle<CountsRow>(
            """
            SELECT count(*) AS Documents, coalesce(sum(passages), 0) AS Passages, coalesce(max(updated_at), 0) AS UpdatedAt
            FROM documents WHERE collection = @id
            """,
            new { id }),
        cancellationToken);

    /// <summary>Settles how long a collection's vectors are, with the first of them; returns what is settled.</summary>
    public Task<long> SettleDimensionsAsync(string id, int dimensions, CancellationToken cancellationToken) => WriteAsync(
        (connection, transaction) =>
        {
            connection.Execute(
                "UPDATE collections SET dimensions = @dimensions WHERE id = @id AND dimensions IS NULL", new { id, dimensions }, transaction);
            return connection.ExecuteScalar<long?>("SELECT dimensions FROM collections WHERE id = @id", new { id }, transaction)
                ?? throw CollectionGone();
        },
        cancellationToken);

    /// <summary>Removes a collection with all that is in it.</summary>
    public Task<bool> RemoveAsync(string id, CancellationToken cancellationToken) => WriteAsync(
        (connection, transaction) =>
        {
            connection.Execute(
                "DELETE FROM passages WHERE document IN (SELECT key FROM documents WHERE collection = @id)", new { id }, transaction);
            connection.Execute("DELETE FROM documents WHERE collection = @id", new { id }, transaction);
            return connection.Execute("DELETE FROM collections WHERE id = @id", new { id }, transaction) == 1;
        },
        cancellationToken);

    /// <summary>What a job is told whose collection was deleted while it ran.</summary>
    private static WorkloadException CollectionGone() => new("collection_not_found", "There is no such collection.");
}
