using Microsoft.Extensions.Logging;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Sqlite;

namespace ProgressHub.Core.Accounts;

/// <summary>Accounts, sessions, keys, shares and the audit log in a SQLite file of their own.</summary>
internal sealed class AccountDatabase : IDisposable, IAsyncDisposable
{
    private readonly SqliteDatabase _database;

    public AccountDatabase(
        string directory, TimeProvider time, AccessChanges changes, ILogger<AccountDatabase> logger, bool acceptDataLoss = false)
    {
        var type = typeof(AccountDatabase);
        _database = new SqliteDatabase(
            new SqliteFile(Path.Combine(directory, "accounts.db")), MigrationScripts.Embedded(type.Assembly, type.Namespace!), time, logger)
        {
            AcceptDataLoss = acceptDataLoss,
        };
        Accounts = new SqliteAccountStore(_database, changes);
        Sessions = new SqliteSignInSessionStore(_database, changes);
        Keys = new SqliteApiKeyStore(_database, changes);
        Audit = new SqliteAuditStore(_database);
        Shares = new SqliteJobShareStore(_database, changes);
        Quotas = new SqliteQuotaStore(_database);
    }

    public IAccountStore Accounts { get; }

    public ISignInSessionStore Sessions { get; }

    public IApiKeyStore Keys { get; }

    public IAuditStore Audit { get; }

    public IJobShareStore Shares { get; }

    public IQuotaOverrides Quotas { get; }

    /// <summary>The database itself.</summary>
    public SqliteDatabase Database => _database;

    public void Dispose() => _database.Dispose();

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
