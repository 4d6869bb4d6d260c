using Dapper;
using ProgressHub.Core.Sqlite;

namespace ProgressHub.Core.Accounts;

/// <inheritdoc/>
internal sealed class SqliteAuditStore(SqliteDatabase database) : IAuditStore
{
    public Task AddAsync(AuditEntry entry, CancellationToken cancellationToken) => database.WriteAsync(
        connection => connection.Execute(
            "INSERT INTO audit (at, account_id, action, subject, address) VALUES (@at, @AccountId, @Action, @Subject, @Address)",
            new { at = entry.At.ToUnixTimeMilliseconds(), entry.AccountId, entry.Action, entry.Subject, entry.Address }),
        cancellationToken);

    public Task<IReadOnlyList<AuditEntry>> ListAsync(long? before, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<AuditEntry>>(
            connection =>
            [
                .. connection.Query<Row>(
                    """
                    SELECT id, at, account_id AS accountId, action, subject, address FROM audit
                    WHERE @before IS NULL OR id < @before ORDER BY id DESC LIMIT @limit
                    """,
                    new { before, limit })
                    .Select(row => new AuditEntry(Milliseconds.At(row.At), row.AccountId, row.Action, row.Subject, row.Address, row.Id)),
            ],
            cancellationToken);

    private sealed record Row(long Id, long At, string? AccountId, string Action, string? Subject, string? Address);
}
