using ProgressHub.Core.Sql;

namespace ProgressHub.Core.Accounts;

/// <inheritdoc/>
internal sealed class SqlSignInSessionStore(ISqlDatabase database, AccessChanges changes) : ISignInSessionStore
{
    private const string Columns =
        "id, account_id AS accountId, created_at AS createdAt, seen_at AS seenAt, expires_at AS expiresAt, browser, address, " +
        "provider_tokens AS providerTokens, ask_provider_at AS askProviderAt";

    public Task AddAsync(SignInSession session, byte[] secretHash, CancellationToken cancellationToken) => database.WriteAsync(
        connection => connection.Execute(
            """
            INSERT INTO sign_in_sessions
              (id, account_id, secret_hash, created_at, seen_at, expires_at, browser, address, provider_tokens, ask_provider_at)
            VALUES (@Id, @AccountId, @secretHash, @created, @seen, @expires, @Browser, @Address, @ProviderTokens, @ask)
            """,
            new
            {
                session.Id, session.AccountId, secretHash, created = session.CreatedAt.ToUnixTimeMilliseconds(),
                seen = session.SeenAt.ToUnixTimeMilliseconds(), expires = session.ExpiresAt.ToUnixTimeMilliseconds(),
                session.Browser, session.Address, session.ProviderTokens, ask = session.AskProviderAt?.ToUnixTimeMilliseconds(),
            }),
        cancellationToken);

    public Task<SignInSession?> FindBySecretAsync(byte[] secretHash, CancellationToken cancellationToken) =>
        FindAsync("secret_hash = @secretHash", new { secretHash }, cancellationToken);

    public Task<SignInSession?> FindAsync(string id, CancellationToken cancellationToken) =>
        FindAsync("id = @id", new { id }, cancellationToken);

    public Task<IReadOnlyList<SignInSession>> ListAsync(string accountId, CancellationToken cancellationToken) =>
        ListAsync("account_id = @accountId ORDER BY created_at DESC, id", new { accountId }, cancellationToken);

    public Task<IReadOnlyList<SignInSession>> ListToAskAsync(DateTimeOffset until, CancellationToken cancellationToken) => ListAsync(
        "ask_provider_at <= @until ORDER BY ask_provider_at", new { until = until.ToUnixTimeMilliseconds() }, cancellationToken);

    public Task KeepTokensAsync(string id, byte[] tokens, DateTimeOffset? askAt, CancellationToken cancellationToken) => database.WriteAsync(
        connection => connection.Execute(
            "UPDATE sign_in_sessions SET provider_tokens = @tokens, ask_provider_at = @askAt WHERE id = @id",
            new { id, tokens, askAt = askAt?.ToUnixTimeMilliseconds() }),
        cancellationToken);

    public Task SeeAsync(string id, DateTimeOffset at, CancellationToken cancellationToken) => database.WriteAsync(
        connection => connection.Execute(
            "UPDATE sign_in_sessions SET seen_at = @at WHERE id = @id", new { id, at = at.ToUnixTimeMilliseconds() }),
        cancellationToken);

    public async Task<bool> EndAsync(string id, string accountId, CancellationToken cancellationToken) =>
        await DeleteAsync("id = @id AND account_id = @accountId", new { id, accountId }, cancellationToken) > 0;

    public Task<int> EndOthersAsync(string accountId, string? butFor, CancellationToken cancellationToken) =>
        DeleteAsync("account_id = @accountId AND id IS DISTINCT FROM @butFor", new { accountId, butFor }, cancellationToken);

    public Task<int> SweepAsync(DateTimeOffset until, CancellationToken cancellationToken) =>
        DeleteAsync("expires_at <= @until", new { until = until.ToUnixTimeMilliseconds() }, cancellationToken);

    private Task<SignInSession?> FindAsync(string where, object values, CancellationToken cancellationToken) => database.ReadAsync(
        connection => Query(connection, where, values).SingleOrDefault(), cancellationToken);

    private Task<IReadOnlyList<SignInSession>> ListAsync(string where, object values, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<SignInSession>>(connection => [.. Query(connection, where, values)], cancellationToken);

    private async Task<int> DeleteAsync(string where, object values, CancellationToken cancellationToken)
    {
        var ended = await database.WriteAsync(
            connection => connection.Execute($"DELETE FROM sign_in_sessions WHERE {where}", values), cancellationToken);
        if (ended > 0)
            changes.Tell();
        return ended;
    }

    private static IEnumerable<SignInSession> Query(SqlCalls connection, string where, object values) =>
        connection.Query<Row>($"SELECT {Columns} FROM sign_in_sessions WHERE {where}", values).Select(row => new SignInSession
        {
            Id = row.Id, AccountId = row.AccountId, CreatedAt = Milliseconds.At(row.CreatedAt), SeenAt = Milliseconds.At(row.SeenAt),
            ExpiresAt = Milliseconds.At(row.ExpiresAt), Browser = row.Browser, Address = row.Address,
            ProviderTokens = row.ProviderTokens, AskProviderAt = Milliseconds.At(row.AskProviderAt),
        });

    private sealed class Row
    {
        public string Id { get; init; } = null!;

        public string AccountId { get; init; } = null!;

        public long CreatedAt { get; init; }

        public long SeenAt { get; init; }

        public long ExpiresAt { get; init; }

        public string? Browser { get; init; }

        public string? Address { get; init; }

        public byte[]? ProviderTokens { get; init; }

        public long? AskProviderAt { get; init; }
    }
}
