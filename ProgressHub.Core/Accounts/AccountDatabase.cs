using Microsoft.Extensions.Logging;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Postgres;
using ProgressHub.Core.Sql;
using ProgressHub.Core.Sqlite;

namespace ProgressHub.Core.Accounts;

/// <summary>Accounts, sessions, keys, shares, quotas and the audit log: in a SQLite file of their own, or beside the jobs of all nodes.</summary>
internal sealed class AccountDatabase : IDisposable, IAsyncDisposable
{
    private readonly ISqlDatabase _sql;

    /// <summary>Those of one node.</summary>
    public AccountDatabase(
        string directory, TimeProvider time, AccessChanges changes, ILogger<AccountDatabase> logger, bool acceptDataLoss = false)
        : this(
            new SqliteDatabase(new SqliteFile(Path.Combine(directory, FileName)), Schema(""), time, logger)
            {
                AcceptDataLoss = acceptDataLoss,
            },
            changes)
    {
    }

    private AccountDatabase(SqliteDatabase database, AccessChanges changes)
        : this(new SqliteSql(database), changes) => Database = database;

    private AccountDatabase(ISqlDatabase sql, AccessChanges changes)
    {
        _sql = sql;
        Accounts = new SqlAccountStore(sql, changes);
        Sessions = new SqlSignInSessionStore(sql, changes);
        Keys = new SqlApiKeyStore(sql, changes);
        Audit = new SqlAuditStore(sql);
        Shares = new SqlJobShareStore(sql, changes);
        Quotas = new SqlQuotaStore(sql);
    }

    /// <summary>The name of the file of one node.</summary>
    public static string FileName => "accounts.db";

    public IAccountStore Accounts { get; }

    public ISignInSessionStore Sessions { get; }

    public IApiKeyStore Keys { get; }

    public IAuditStore Audit { get; }

    public IJobShareStore Shares { get; }

    public IQuotaOverrides Quotas { get; }

    /// <summary>The file itself; null where there is none.</summary>
    public SqliteDatabase? Database { get; }

    /// <summary>How a file of one node becomes the accounts of all.</summary>
    public static MovedDatabase Moved => new(FileName, Schema("").Count, Schema(".Postgres"), "accounts_schema_version", []);

    /// <summary>Those of all nodes that use a database of PostgreSQL.</summary>
    /// <param name="connectionString">Where it is, as Npgsql reads it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="changes">Is told where access is taken back here.</param>
    /// <param name="logger">Is told of each step of the schema.</param>
    public static AccountDatabase Shared(
        string connectionString, TimeProvider time, AccessChanges changes, ILogger<AccountDatabase> logger) =>
        new(new PostgresSql(new PostgresDatabase(connectionString, "accounts", Schema(".Postgres"), time, logger)), changes);

    /// <summary>
    /// How often access was taken back or changed so far, at any node: another number than before says that it was. Null
    /// where only one node can, and says so itself.
    /// </summary>
    public async Task<long?> ChangesAsync(CancellationToken cancellationToken) => Database is not null
        ? null
        : await _sql.ReadAsync(sql => sql.QuerySingleOrDefault<long>("SELECT n FROM access_changes", new { }), cancellationToken);

    /// <summary>The code with which the first administrator is made: that of all nodes where they share accounts.</summary>
    /// <param name="proposed">What it is where no node has proposed another one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<string> SetupCodeAsync(string proposed, CancellationToken cancellationToken) => Database is not null
        ? proposed
        : await _sql.WriteAsync(
            sql =>
            {
                sql.Execute("INSERT INTO setup_code (id, code) VALUES (1, @proposed) ON CONFLICT DO NOTHING", new { proposed });
                return sql.QuerySingleOrDefault<string>("SELECT code FROM setup_code", new { })!;
            },
            cancellationToken);

    public void Dispose() => _sql.Dispose();

    public ValueTask DisposeAsync() => _sql.DisposeAsync();

    private static IReadOnlyList<MigrationScript> Schema(string folder) =>
        MigrationScripts.Embedded(typeof(AccountDatabase).Assembly, typeof(AccountDatabase).Namespace + folder);
}
