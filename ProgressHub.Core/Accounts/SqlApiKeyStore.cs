using ProgressHub.Core.Sql;

namespace ProgressHub.Core.Accounts;

/// <inheritdoc/>
internal sealed class SqlApiKeyStore(ISqlDatabase database, AccessChanges changes) : IApiKeyStore
{
    private const string Columns =
        "id, account_id AS accountId, name, prefix, scopes, created_at AS createdAt, expires_at AS expiresAt, used_at AS usedAt";

    public Task<bool> AddAsync(ApiKey key, byte[] secretHash, int most, CancellationToken cancellationToken) => database.WriteAsync(
        connection => connection.Execute(
            """
            INSERT INTO api_keys (id, account_id, secret_hash, name, prefix, scopes, created_at, expires_at, used_at)
            SELECT @Id, @AccountId, @secretHash, @Name, @Prefix, @scopes, @created, @expires, NULL
            WHERE (SELECT COUNT(*) FROM api_keys WHERE account_id = @AccountId) < @most
            """,
            new
            {
                key.Id, key.AccountId, secretHash, key.Name, key.Prefix, scopes = string.Join(' ', key.Scopes),
                created = key.CreatedAt.ToUnixTimeMilliseconds(), expires = key.ExpiresAt?.ToUnixTimeMilliseconds(), most,
            }) == 1,
        cancellationToken);

    public Task<ApiKey?> FindBySecretAsync(byte[] secretHash, CancellationToken cancellationToken) => database.ReadAsync(
        connection => Query(connection, "secret_hash = @secretHash", new { secretHash }).SingleOrDefault(), cancellationToken);

    public Task<ApiKey?> FindAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(
        connection => Query(connection, "id = @id", new { id }).SingleOrDefault(), cancellationToken);

    public Task<IReadOnlyList<ApiKey>> ListAsync(string accountId, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ApiKey>>(
            connection => [.. Query(connection, "account_id = @accountId ORDER BY created_at DESC, id", new { accountId })],
            cancellationToken);

    public Task<IReadOnlyList<ApiKey>> ListAllAsync(CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<ApiKey>>(
        connection => [.. Query(connection, "1 = 1 ORDER BY created_at DESC, id", new { })], cancellationToken);

    public Task UseAsync(string id, DateTimeOffset at, CancellationToken cancellationToken) => database.WriteAsync(
        connection => connection.Execute(
            "UPDATE api_keys SET used_at = @at WHERE id = @id", new { id, at = at.ToUnixTimeMilliseconds() }),
        cancellationToken);

    public async Task<bool> RevokeAsync(string id, string accountId, CancellationToken cancellationToken)
    {
        var revoked = await database.WriteAsync(
            connection => connection.Execute(
                "DELETE FROM api_keys WHERE id = @id AND account_id = @accountId", new { id, accountId }) > 0,
            cancellationToken);
        if (revoked)
            changes.Tell();
        return revoked;
    }

    private static IEnumerable<ApiKey> Query(SqlCalls connection, string where, object values) =>
        connection.Query<Row>($"SELECT {Columns} FROM api_keys WHERE {where}", values).Select(row => new ApiKey
        {
            Id = row.Id, AccountId = row.AccountId, Name = row.Name, Prefix = row.Prefix,
            Scopes = row.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries), CreatedAt = Milliseconds.At(row.CreatedAt),
            ExpiresAt = Milliseconds.At(row.ExpiresAt), UsedAt = Milliseconds.At(row.UsedAt),
        });

    private sealed class Row
    {
        public string Id { get; init; } = null!;

        public string AccountId { get; init; } = null!;

        public string Name { get; init; } = null!;

        public string Prefix { get; init; } = null!;

        public string Scopes { get; init; } = null!;

        public long CreatedAt { get; init; }

        public long? ExpiresAt { get; init; }

        public long? UsedAt { get; init; }
    }
}
