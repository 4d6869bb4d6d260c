using ProgressHub.Core.Jobs;
using ProgressHub.Core.Sql;

namespace ProgressHub.Core.Accounts;

/// <inheritdoc/>
internal sealed class SqlJobShareStore : IJobShareStore
{
    private const string Columns =
        "s.number, s.id, s.job, s.owner_id AS ownerId, s.created_by AS createdBy, s.created_at AS createdAt, " +
        "s.account_id AS accountId, s.may, s.expires_at AS expiresAt, s.opens";

    // Two indexes, one for each half.
    private const string OfCaller =
        "s.number IN (SELECT number FROM job_shares WHERE account_id = @caller " +
        "UNION SELECT share FROM share_opens WHERE opener = @caller)";

    private readonly ISqlDatabase _database;
    private readonly AccessChanges _changes;

    public SqlJobShareStore(ISqlDatabase database, AccessChanges changes)
    {
        (_database, _changes) = (database, changes);
        changes.ChangedElsewhere += () => Changed?.Invoke(null);
    }

    /// <inheritdoc/>
    public event Action<JobId?>? Changed;

    public async Task<bool> AddAsync(JobShare share, byte[]? secretHash, int most, CancellationToken cancellationToken)
    {
        var added = await _database.WriteAsync(
            connection =>
            {
                connection.Execute(
                    "DELETE FROM job_shares WHERE job = @job AND account_id = @AccountId", new { job = share.Job.ToString(), share.AccountId });
                return connection.Execute(
                    """
                    INSERT INTO job_shares (id, job, owner_id, created_by, created_at, account_id, secret_hash, may, expires_at)
                    SELECT @Id, @job, @OwnerId, @CreatedBy, @created, @AccountId, @secretHash, @may, @expires
                    WHERE (SELECT COUNT(*) FROM job_shares WHERE job = @job) < @most
                    """,
                    new
                    {
                        share.Id, job = share.Job.ToString(), share.OwnerId, share.CreatedBy, created = share.CreatedAt.ToUnixTimeMilliseconds(),
                        share.AccountId, secretHash, may = (int)share.Right, expires = share.ExpiresAt?.ToUnixTimeMilliseconds(), most,
                    }) == 1;
            },
            cancellationToken);
        Tell(share.Job);
        return added;
    }

    public Task<IReadOnlyList<JobShare>> ListAsync(JobId job, CancellationToken cancellationToken) => _database.ReadAsync<IReadOnlyList<JobShare>>(
        connection => [.. Query(connection, "s.job = @job ORDER BY s.number DESC", new { job = job.ToString() })], cancellationToken);

    public Task<IReadOnlyList<JobShare>> ListWithAsync(string caller, long? before, int limit, CancellationToken cancellationToken) =>
        _database.ReadAsync<IReadOnlyList<JobShare>>(
            connection =>
            [
                .. Query(
                    connection, $"{OfCaller} AND (@before IS NULL OR s.number < @before) ORDER BY s.number DESC LIMIT @limit",
                    new { caller, before, limit }),
            ],
            cancellationToken);

    public Task<IReadOnlyList<JobShare>> FindAsync(JobId job, string caller, CancellationToken cancellationToken) =>
        _database.ReadAsync<IReadOnlyList<JobShare>>(
            connection =>
            [
                .. Query(
                    connection,
                    "s.job = @job AND (s.account_id = @caller OR EXISTS (SELECT 1 FROM share_opens o WHERE o.share = s.number AND o.opener = @caller))",
                    new { job = job.ToString(), caller }),
            ],
            cancellationToken);

    public Task<JobShare?> FindBySecretAsync(byte[] secretHash, CancellationToken cancellationToken) => _database.ReadAsync(
        connection => Query(connection, "s.secret_hash = @secretHash", new { secretHash }).SingleOrDefault(), cancellationToken);

    public Task OpenAsync(JobShare link, string opener, string? address, DateTimeOffset at, int most, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            connection =>
            {
                // Revoked since it was found: then nobody opens it.
                var values = new { link.Number, opener, address, at = at.ToUnixTimeMilliseconds(), most, visitors = ShareOpening.VisitorPrefix };
                if (connection.Execute("UPDATE job_shares SET opens = opens + 1 WHERE number = @Number", values) == 0)
                    return 0;
                connection.Execute(
                    """
                    INSERT INTO share_opens (share, opener, address, first_at, last_at, opens) VALUES (@Number, @opener, @address, @at, @at, 1)
                    ON CONFLICT (share, opener) DO UPDATE SET address = @address, last_at = @at, opens = share_opens.opens + 1
                    """,
                    values);
                return connection.Execute(
                    """
                    DELETE FROM share_opens WHERE share = @Number AND opener <> @opener AND substr(opener, 1, length(@visitors)) = @visitors
                      AND (SELECT COUNT(*) FROM share_opens WHERE share = @Number) > @most
                      AND last_at = (SELECT MIN(last_at) FROM share_opens WHERE share = @Number AND opener <> @opener AND substr(opener, 1, length(@visitors)) = @visitors)
                    """,
                    values);
            },
            cancellationToken);

    public Task<IReadOnlyList<ShareOpening>> ListOpeningsAsync(string id, int limit, CancellationToken cancellationToken) =>
        _database.ReadAsync<IReadOnlyList<ShareOpening>>(
            connection =>
            [
                .. connection.Query<OpenRow>(
                    """
                    SELECT o.opener, o.address, o.first_at AS firstAt, o.last_at AS lastAt, o.opens FROM share_opens o
                    JOIN job_shares s ON s.number = o.share WHERE s.id = @id ORDER BY o.last_at DESC, o.opener LIMIT @limit
                    """,
                    new { id, limit })
                    .Select(row => new ShareOpening(
                        row.Opener, row.Address, Milliseconds.At(row.FirstAt), Milliseconds.At(row.LastAt), row.Opens)),
            ],
            cancellationToken);

    public async Task<JobShare?> RevokeAsync(string id, JobId job, CancellationToken cancellationToken)
    {
        var revoked = await _database.WriteAsync(
            connection =>
            {
                var share = Query(connection, "s.id = @id AND s.job = @job", new { id, job = job.ToString() }).SingleOrDefault();
                if (share is not null)
                    Delete(connection, "number = @Number", share);
                return share;
            },
            cancellationToken);
        if (revoked is not null)
            Tell(job);
        return revoked;
    }

    public async Task ForgetAsync(JobId job, CancellationToken cancellationToken)
    {
        if (await _database.WriteAsync(connection => Delete(connection, "job = @job", new { job = job.ToString() }), cancellationToken) > 0)
            Tell(job);
    }

    private static int Delete(SqlCalls connection, string where, object values)
    {
        connection.Execute($"DELETE FROM share_opens WHERE share IN (SELECT number FROM job_shares WHERE {where})", values);
        return connection.Execute($"DELETE FROM job_shares WHERE {where}", values);
    }

    private void Tell(JobId job)
    {
        Changed?.Invoke(job);
        _changes.Tell();
    }

    private static IEnumerable<JobShare> Query(SqlCalls connection, string where, object values) =>
        connection.Query<Row>($"SELECT {Columns} FROM job_shares s WHERE {where}", values).Select(row => new JobShare
        {
            Number = row.Number, Id = row.Id, Job = JobId.Parse(row.Job, null), OwnerId = row.OwnerId, CreatedBy = row.CreatedBy,
            CreatedAt = Milliseconds.At(row.CreatedAt), AccountId = row.AccountId, Right = (JobRight)row.May,
            ExpiresAt = Milliseconds.At(row.ExpiresAt), Opens = row.Opens,
        });

    private sealed record OpenRow(string Opener, string? Address, long FirstAt, long LastAt, long Opens);

    private sealed class Row
    {
        public long Number { get; init; }

        public string Id { get; init; } = null!;

        public string Job { get; init; } = null!;

        public string OwnerId { get; init; } = null!;

        public string CreatedBy { get; init; } = null!;

        public long CreatedAt { get; init; }

        public string? AccountId { get; init; }

        public long May { get; init; }

        public long? ExpiresAt { get; init; }

        public long Opens { get; init; }
    }
}
