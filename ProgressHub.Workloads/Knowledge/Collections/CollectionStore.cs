using Dapper;
using ProgressHub.Core.Sql;

namespace ProgressHub.Workloads.Knowledge.Collections;

/// <summary>The collections in the database: what they are called, whose they are and how long their vectors are.</summary>
internal sealed class CollectionStore(ISqlDatabase database, TimeProvider time)
{
    private const string CollectionColumns =
        "id AS Id, owner AS Owner, name AS Name, description AS Description, embedding AS Embedding, dimensions AS Dimensions, created_at AS CreatedAt, generation AS Generation, version AS Version";

    /// <summary>Adds a collection, made now; null where its owner has as many as allowed.</summary>
    public Task<CollectionRecord?> AddAsync(CollectionRecord collection, int most, CancellationToken cancellationToken) => database.AddAsync(
        connection =>
        {
            var row = collection with { CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds() };
            var have = connection.ExecuteScalar<long>("SELECT count(*) FROM collections WHERE owner = @Owner", row);
            return have < most && connection.Execute(
                """
                INSERT INTO collections (id, owner, name, description, embedding, created_at)
                VALUES (@Id, @Owner, @Name, @Description, @Embedding, @CreatedAt)
                """,
                row) == 1 ? row : null;
        },
        cancellationToken);

    public Task<IReadOnlyList<CollectionRecord>> ListAsync(string owner, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<CollectionRecord>>(
        connection => connection.Query<CollectionRecord>(
            $"SELECT {CollectionColumns} FROM collections WHERE owner = @owner ORDER BY created_at, id", new { owner }).AsList(),
        cancellationToken);

    /// <summary>A collection, or null where its owner has no such one.</summary>
    public Task<CollectionRecord?> FindAsync(string owner, string id, CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.QuerySingleOrDefault<CollectionRecord>(
            $"SELECT {CollectionColumns} FROM collections WHERE id = @id AND owner = @owner", new { id, owner }),
        cancellationToken);

    /// <summary>A collection, whosever it is; null where there is none.</summary>
    public Task<CollectionRecord?> ReadAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.QuerySingleOrDefault<CollectionRecord>($"SELECT {CollectionColumns} FROM collections WHERE id = @id", new { id }),
        cancellationToken);

    public Task<CountsRow> CountAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.QuerySingleOrDefault<CountsRow>(
            """
            SELECT count(*) AS Documents, CAST(coalesce(sum(passages), 0) AS bigint) AS Passages, coalesce(max(updated_at), 0) AS UpdatedAt
            FROM documents WHERE collection = @id
            """,
            new { id })!,
        cancellationToken);

    /// <summary>How many bytes somebody's collections take: texts, and four for each number of a passage's vector.</summary>
    public Task<long> CountBytesAsync(string owner, CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.ExecuteScalar<long>(
            """
            SELECT CAST(coalesce(sum(d.bytes + d.passages * 4 * coalesce(c.dimensions, 0)), 0) AS bigint)
            FROM collections c JOIN documents d ON d.collection = c.id WHERE c.owner = @owner
            """,
            new { owner }),
        cancellationToken);

    /// <summary>Settles how long a collection's vectors are, with the first of them; returns what is settled.</summary>
    public Task<long> SettleDimensionsAsync(string id, int dimensions, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            connection.Execute(
                "UPDATE collections SET dimensions = @dimensions WHERE id = @id AND dimensions IS NULL", new { id, dimensions });
            return connection.ExecuteScalar<long?>("SELECT dimensions FROM collections WHERE id = @id", new { id })
                ?? throw UnknownCollection.Gone();
        },
        cancellationToken);

    /// <summary>Removes a collection with all that is in it.</summary>
    public Task<bool> RemoveAsync(string id, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            RebuildStore.RetireAll(connection, id);
            connection.Execute(
                "DELETE FROM passages WHERE document IN (SELECT key FROM documents WHERE collection = @id)", new { id });
            connection.Execute("DELETE FROM documents WHERE collection = @id", new { id });
            return connection.Execute("DELETE FROM collections WHERE id = @id", new { id }) == 1;
        },
        cancellationToken);
}
