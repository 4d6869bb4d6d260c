using Dapper;
using ProgressHub.Core.Sql;

namespace ProgressHub.Workloads.Knowledge.Collections;

/// <summary>Vectors of a collection that are being made to take the place of the present ones.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="Embedding">What makes them.</param>
/// <param name="Dimensions">How long they are; null before the first of them.</param>
/// <param name="Generation">Tells them from the present ones.</param>
internal sealed record RebuildRecord(string Collection, string Embedding, long? Dimensions, long Generation);

/// <summary>What came of having a collection be searched by other vectors.</summary>
internal enum VectorSwap
{
    /// <summary>It is.</summary>
    Done,

    /// <summary>They are not wanted any more.</summary>
    Superseded,

    /// <summary>The collection has changed since the last of them was made.</summary>
    Outdated,
}

/// <summary>Vectors that are left over.</summary>
internal sealed record RetiredRow(long Generation, long Dimensions);

/// <summary>What is known in the database of collections that are made anew: each step is on disk or has not happened.</summary>
internal sealed class RebuildStore(ISqlDatabase database)
{
    private const string NextColumns =
        "id AS Collection, next_embedding AS Embedding, next_dimensions AS Dimensions, next_generation AS Generation";

    /// <summary>
    /// Begins to make a collection anew, or goes on with what an earlier attempt began; null where there is no such
    /// collection any more. One that was begun with another embedder is given up.
    /// </summary>
    public Task<RebuildRecord?> BeginAsync(string id, string embedding, CancellationToken cancellationToken) => database.AddAsync(
        connection =>
        {
            if (Next(connection, id) is { Embedding: var begun } && begun == embedding)
                return Next(connection, id);
            Retire(connection, id, "next_generation", "next_dimensions");
            connection.Execute(
                """
                UPDATE collections SET last_generation = last_generation + 1, next_generation = last_generation + 1,
                  next_embedding = @embedding, next_dimensions = NULL
                WHERE id = @id
                """,
                new { id, embedding });
            return Next(connection, id);
        },
        cancellationToken);

    /// <summary>Settles how long the new vectors are, with the first of them; false where they are not wanted any more.</summary>
    public Task<bool> SettleAsync(RebuildRecord next, int dimensions, CancellationToken cancellationToken) => database.WriteAsync(
        connection => connection.Execute(
            "UPDATE collections SET next_dimensions = @dimensions WHERE id = @Collection AND next_generation = @Generation",
            new { dimensions, next.Collection, next.Generation }) == 1,
        cancellationToken);

    /// <summary>
    /// From now on the new vectors count, and documents are taken to have been taken in with them.
    /// </summary>
    /// <param name="next">The new ones.</param>
    /// <param name="before">The collection as it was when the last of them was made.</param>
    /// <param name="cancellationToken">Ends it before anything is written.</param>
    public Task<VectorSwap> SwapAsync(RebuildRecord next, CollectionRecord before, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            if (Next(connection, next.Collection)?.Generation != next.Generation)
                return VectorSwap.Superseded;
            if (connection.ExecuteScalar<long>("SELECT version FROM collections WHERE id = @Id", before) != before.Version)
                return VectorSwap.Outdated;
            Retire(connection, next.Collection, "generation", "dimensions");
            connection.Execute(
                """
                UPDATE collections SET embedding = next_embedding, dimensions = next_dimensions, generation = next_generation,
                  next_embedding = NULL, next_dimensions = NULL, next_generation = NULL, version = version + 1
                WHERE id = @Collection
                """,
                new { next.Collection });
            connection.Execute(
                "UPDATE documents SET hash = replace(hash, '/' || @before || '/', '/' || @Embedding || '/') WHERE collection = @Collection",
                new { before = before.Embedding, next.Embedding, next.Collection });
            return VectorSwap.Done;
        },
        cancellationToken);

    /// <summary>The vectors of a collection that nobody searches any more; with those of an unfinished rebuild where it is given up.</summary>
    public Task<IReadOnlyList<RetiredRow>> ListRetiredAsync(string id, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<RetiredRow>>(
        connection => connection.Query<RetiredRow>(
            "SELECT generation AS Generation, dimensions AS Dimensions FROM retired_vectors WHERE collection = @id", new { id }).AsList(),
        cancellationToken);

    /// <summary>They are gone from the vector store.</summary>
    public Task ForgetRetiredAsync(string id, RetiredRow retired, CancellationToken cancellationToken) => database.WriteAsync(
        connection => connection.Execute(
            "DELETE FROM retired_vectors WHERE collection = @id AND generation = @Generation", new { id, retired.Generation }),
        cancellationToken);

    /// <summary>Gives up all vectors of a collection that is deleted, in the transaction that deletes it.</summary>
    public static void RetireAll(SqlCalls connection, string id)
    {
        Retire(connection, id, "generation", "dimensions");
        Retire(connection, id, "next_generation", "next_dimensions");
    }

    private static RebuildRecord? Next(SqlCalls connection, string id) => connection.QuerySingleOrDefault<RebuildRecord>(
        $"SELECT {NextColumns} FROM collections WHERE id = @id AND next_generation IS NOT NULL", new { id });

    private static void Retire(SqlCalls connection, string id, string generation, string dimensions) => connection.Execute(
        $"""
        INSERT INTO retired_vectors (collection, generation, dimensions)
        SELECT id, {generation}, {dimensions} FROM collections WHERE id = @id AND {dimensions} IS NOT NULL
        """,
        new { id });
}
