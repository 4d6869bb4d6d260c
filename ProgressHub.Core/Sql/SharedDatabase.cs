using Microsoft.Extensions.Logging;
using ProgressHub.Core.Postgres;
using ProgressHub.Core.Sqlite;

namespace ProgressHub.Core.Sql;

/// <summary>Where whatever all nodes share is kept.</summary>
public sealed class SharedDatabase
{
    /// <param name="connectionString">Of PostgreSQL, as Npgsql reads it; null where there is one node, which keeps all in its data directory.</param>
    internal SharedDatabase(string? connectionString) => ConnectionString = connectionString;

    /// <summary>Where it is; null where there is none.</summary>
    internal string? ConnectionString { get; }

    /// <summary>Tables of all nodes, which are not opened yet; null where there is one node.</summary>
    /// <param name="name">What they hold, such as <c>accounts</c>: no two call theirs the same.</param>
    /// <param name="schema">Their schema, as <see cref="MigrationScripts"/> reads it.</param>
    /// <param name="time">Dates the steps of the schema.</param>
    /// <param name="logger">Is told of each step.</param>
    public ISqlDatabase? Open(string name, IReadOnlyList<MigrationScript> schema, TimeProvider time, ILogger logger) =>
        ConnectionString is { } address ? new PostgresSql(new PostgresDatabase(address, name, schema, time, logger)) : null;
}
