using Microsoft.Extensions.Logging;
using ProgressHub.Core.Postgres;
using ProgressHub.Core.Sql;
using ProgressHub.Core.Sqlite;

namespace ProgressHub.Core.Sharing;

/// <summary>
/// What servers on one PostgreSQL have in common beside their jobs and accounts: keys, secrets of jobs, and whose turn a sweep is.
/// A server with the embedded database has nothing to share.
/// </summary>
internal sealed class SharedState : IAsyncDisposable, IDisposable
{
    private readonly PostgresDatabase? _database;

    /// <param name="where">Where it is; nothing is kept where that is nowhere.</param>
    /// <param name="time">Dates the steps of the schema.</param>
    /// <param name="logger">Is told of each step.</param>
    public SharedState(SharedDatabase where, TimeProvider time, ILogger<SharedState> logger)
    {
        if (where.ConnectionString is { } connectionString)
            _database = new PostgresDatabase(connectionString, "sharing", Schema, time, logger);
    }

    /// <summary>The schema, in PostgreSQL.</summary>
    public static IReadOnlyList<MigrationScript> Schema =>
        MigrationScripts.Embedded(typeof(SharedState).Assembly, typeof(SharedState).Namespace!);

    /// <summary>Whether there is anything to share.</summary>
    public bool IsThere => _database is not null;

    /// <summary>Where it is kept.</summary>
    /// <exception cref="InvalidOperationException">There is nothing to share.</exception>
    public PostgresDatabase Database => _database ?? throw new InvalidOperationException("This server shares nothing.");

    /// <inheritdoc/>
    public void Dispose() => _database?.Dispose();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;
}
