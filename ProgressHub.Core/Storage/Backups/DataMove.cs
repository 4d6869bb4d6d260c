using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using ProgressHub.Core.Postgres;
using ProgressHub.Core.Sqlite;
using ProgressHub.Core.Storage.Postgres;
using ProgressHub.Core.Storage.Sqlite;

namespace ProgressHub.Core.Storage.Backups;

/// <summary>
/// Moves what a data directory has in databases to PostgreSQL: all of it, in one transaction, or nothing. The directory stays
/// as it is. Files of jobs and keys are not in these databases, and stay where they are.
/// </summary>
internal static class DataMove
{
    private const string Versions = "schema_version";

    private static readonly string[] OwnTables = ["sqlite_sequence", "sqlite_stat1", Versions];

    /// <summary>Moves it.</summary>
    /// <param name="folders">Where the data is; no server runs on it. A data directory without jobs has been that of a server with PostgreSQL.</param>
    /// <param name="connectionString">Npgsql's; the schema there has no jobs and no accounts, and no server uses it.</param>
    /// <param name="others">What else is moved, beside the jobs.</param>
    /// <param name="time">Dates what is made.</param>
    /// <param name="tell">Is told how far it is, a line each.</param>
    /// <returns>How many rows there are.</returns>
    /// <exception cref="InvalidOperationException">It can't be moved; the message says why. Nothing is there then.</exception>
    public static long Run(
        DataFolders folders, string connectionString, IReadOnlyList<MovedDatabase> others, TimeProvider time, Action<string> tell)
    {
        if (others.Select(other => other.FileName).Append(DataFolders.MainDatabase).All(name => !File.Exists(folders.PathOf(name))))
            throw new InvalidOperationException($"{folders.Data} is no data directory: it has no {DataFolders.MainDatabase}.");
        if (!PostgresDialect.IsConnectionString(connectionString))
            throw new InvalidOperationException("This is no connection string of Npgsql; it looks like 'Host=db;Database=progresshub;Username=progresshub;Password=…'.");
        using var possession = DataDirectoryLock.Take(folders.Data, time);
        if (DataCheck.Look(folders) is { Count: > 0 } findings)
            throw new InvalidOperationException($"{folders.Data} is damaged. {string.Join(' ', findings)}");

        var dialect = new PostgresDialect(connectionString, folders.Data, time, NullLogger.Instance);
        var jobs = new MovedDatabase(
            DataFolders.MainDatabase, new SqliteDialect(folders.Data, time, NullLogger.Instance).Migrations.Count, dialect.Migrations, Versions,
            ["owner_job_counts", "file_bytes", "usage_days", "owner_bytes", "probe"]);
        try
        {
            // Nobody else writes there as long as this connection is open.
            using var to = (NpgsqlConnection)dialect.OpenWriter();
            var present = others.Prepend(jobs).Where(database => File.Exists(folders.PathOf(database.FileName))).ToArray();
            return Move(folders, present, to, time, tell);
        }
        catch (Exception failure) when (PostgresOutage.Explain(failure) is { } reason)
        {
            throw new InvalidOperationException($"{dialect.Location}: {reason}", failure);
        }
    }

    private static long Move(
        DataFolders folders, IReadOnlyList<MovedDatabase> databases, NpgsqlConnection to, TimeProvider time, Action<string> tell)
    {
        foreach (var database in databases)
            new SchemaMigrator(database.Schema, database.FileName, time, NullLogger.Instance, database.VersionTable).Migrate(to);
        using var transaction = to.BeginTransaction();
        var rows = databases.Sum(database => Move(database, folders, to, tell));
        transaction.Commit();
        return rows;
    }

    private static long Move(MovedDatabase database, DataFolders folders, NpgsqlConnection to, Action<string> tell)
    {
        using var from = new SqliteFile(folders.PathOf(database.FileName)).OpenReader();
        var rows = 0L;
        foreach (var table in Tables(database, from))
            rows += Move(new TableMove(from, to, table), table, move => move.Run(tell), tell);

        if (database.Beside is { } beside)
            rows += Move(new TableMove(from, to, beside.Table), beside.Table, move => move.Run(beside.Read(folders.PathOf(database.FileName)), tell), tell);
        return rows;
    }

    private static long Move(TableMove move, string table, Func<TableMove, (long Rows, string Sum)> run, Action<string> tell)
    {
        if (!move.IsEmpty)
            throw new InvalidOperationException($"PostgreSQL has rows in {table} already; name a database or a schema ('Search Path') that is empty.");
        var (count, sum) = run(move);
        tell(string.Create(CultureInfo.InvariantCulture, $"{table}: {count} rows, {sum} on both sides"));
        return count;
    }

    private static string[] Tables(MovedDatabase database, SqliteConnection from)
    {
        var version = from.ExecuteScalar<long?>($"SELECT MAX(version) FROM {Versions}");
        if (version != database.SourceVersion)
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"{database.FileName} has schema version {version}, and this program moves version {database.SourceVersion}. Start the server of this version on it once, and stop it."));
        }

        return
        [
            .. from.Query<string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
                .Where(name => !OwnTables.Contains(name) && !database.Derived.Contains(name)),
        ];
    }
}
