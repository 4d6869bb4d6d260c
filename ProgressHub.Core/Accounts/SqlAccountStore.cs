using ProgressHub.Core.Sql;

namespace ProgressHub.Core.Accounts;

/// <inheritdoc/>
internal sealed class SqlAccountStore(ISqlDatabase database, AccessChanges changes) : IAccountStore
{
    private const string Columns =
        "id, name, role, password_hash AS passwordHash, issuer, subject, failures, locked_until AS lockedUntil, " +
        "disabled_at AS disabledAt, created_at AS createdAt";

    public Task<bool> AddAsync(Account account, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => Add(connection, account), cancellationToken);

    public Task<bool> AddFirstAsync(Account administrator, CancellationToken cancellationToken) => database.WriteAsync(
        connection => connection.QuerySingleOrDefault<long>(
            "SELECT COUNT(*) FROM accounts WHERE role = @role AND disabled_at IS NULL", new { role = (int)AccountRole.Administrator }) == 0
            && Add(connection, administrator),
        cancellationToken);

    public Task<Account?> FindAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => Find(connection, "id = @id", new { id }), cancellationToken);

    public Task<Account?> FindByNameAsync(string name, CancellationToken cancellationToken) => database.ReadAsync(
        connection => Find(connection, "name_key = @key", new { key = AccountNames.Fold(name) }), cancellationToken);

    public Task<Account?> FindBySubjectAsync(string issuer, string subject, CancellationToken cancellationToken) =>
        database.ReadAsync(
            connection => Find(connection, "issuer = @issuer AND subject = @subject", new { issuer, subject }), cancellationToken);

    public Task<IReadOnlyList<Account>> ListAsync(CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Account>>(
        connection => [.. connection.Query<Row>($"SELECT {Columns} FROM accounts ORDER BY name, id").Select(ToAccount)], cancellationToken);

    public async Task<Account?> ChangeAsync(string id, Func<Account, Account> change, CancellationToken cancellationToken)
    {
        var (before, after) = await database.WriteAsync<(Account? Before, Account? After)>(
            connection =>
            {
                if (Find(connection, "id = @id", new { id }) is not { } present)
                    return default;
                var next = change(present) with { Id = id };
                connection.Execute(
                    """
                    UPDATE accounts SET name = @name, name_key = @nameKey, role = @role, password_hash = @passwordHash, issuer = @issuer,
                      subject = @subject, failures = @failures, locked_until = @lockedUntil, disabled_at = @disabledAt
                    WHERE id = @id
                    """,
                    Values(next));
                return (present, next);
            },
            cancellationToken);

        // Wrong passwords change nobody's access, and may come in numbers.
        if (before?.Role != after?.Role || before?.DisabledAt != after?.DisabledAt)
            changes.Tell();
        return after;
    }

    private static bool Add(SqlCalls connection, Account account) => connection.Execute(
        """
        INSERT INTO accounts (id, name, name_key, role, password_hash, issuer, subject, failures, locked_until, disabled_at, created_at)
        VALUES (@id, @name, @nameKey, @role, @passwordHash, @issuer, @subject, @failures, @lockedUntil, @disabledAt, @createdAt)
        ON CONFLICT DO NOTHING
        """,
        Values(account)) == 1;

    private static Account? Find(SqlCalls connection, string where, object values) =>
        connection.QuerySingleOrDefault<Row>($"SELECT {Columns} FROM accounts WHERE {where}", values) is { } row ? ToAccount(row) : null;

    private static object Values(Account account) => new
    {
        id = account.Id, name = account.Name, nameKey = account.PasswordHash is null ? null : AccountNames.Fold(account.Name),
        role = (int)account.Role, passwordHash = account.PasswordHash, issuer = account.Issuer, subject = account.Subject,
        failures = account.Failures, lockedUntil = account.LockedUntil?.ToUnixTimeMilliseconds(),
        disabledAt = account.DisabledAt?.ToUnixTimeMilliseconds(), createdAt = account.CreatedAt.ToUnixTimeMilliseconds(),
    };

    private static Account ToAccount(Row row) => new()
    {
        Id = row.Id, Name = row.Name, Role = (AccountRole)row.Role, PasswordHash = row.PasswordHash, Issuer = row.Issuer,
        Subject = row.Subject, Failures = (int)row.Failures, LockedUntil = Milliseconds.At(row.LockedUntil),
        DisabledAt = Milliseconds.At(row.DisabledAt), CreatedAt = Milliseconds.At(row.CreatedAt),
    };

    private sealed class Row
    {
        public string Id { get; init; } = null!;

        public string Name { get; init; } = null!;

        public long Role { get; init; }

        public string? PasswordHash { get; init; }

        public string? Issuer { get; init; }

        public string? Subject { get; init; }

        public long Failures { get; init; }

        public long? LockedUntil { get; init; }

        public long? DisabledAt { get; init; }

        public long CreatedAt { get; init; }
    }
}
