using ProgressHub.Core.Sql;

namespace ProgressHub.Core.Accounts;

/// <inheritdoc/>
internal sealed class SqlAuditStore(ISqlDatabase database) : IAuditStore
{
    public Task AddAsync(AuditEntry entry, CancellationToken cancellationToken) => database.WriteAsync(
        connection => connection.Execute(
            """
            INSERT INTO audit (at, account_id, action, subject, address, detail)
            VALUES (@at, @AccountId, @Action, @Subject, @Address, @Detail)
            """,
            new { at = entry.At.ToUnixTimeMilliseconds(), entry.AccountId, entry.Action, entry.Subject, entry.Address, entry.Detail }),
        cancellationToken);

    public Task<IReadOnlyList<AuditEntry>> ListAsync(AuditQuery query, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<AuditEntry>>(
            connection =>
            [
                .. connection.Query<Row>(
                    $"""
                    SELECT e.id, e.at, e.account_id AS accountId, e.action, e.subject, e.address, e.detail,
                      a.name AS accountName, s.name AS subjectName
                    FROM audit e LEFT JOIN accounts a ON a.id = e.account_id LEFT JOIN accounts s ON s.id = e.subject
                    {Where(query)} ORDER BY e.id DESC LIMIT @Limit
                    """,
                    new
                    {
                        query.AccountId, query.Action, from = query.From?.ToUnixTimeMilliseconds(), to = query.To?.ToUnixTimeMilliseconds(),
                        query.Before, query.Limit,
                    })
                    .Select(row => new AuditEntry(Milliseconds.At(row.At), row.AccountId, row.Action, row.Subject, row.Address, row.Id)
                    {
                        Detail = row.Detail, AccountName = row.AccountName, SubjectName = row.SubjectName,
                    }),
            ],
            cancellationToken);

    public Task<IReadOnlyList<string>> ListActionsAsync(CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<string>>(
        connection => [.. connection.Query<string>("SELECT DISTINCT action FROM audit ORDER BY action")], cancellationToken);

    private static string Where(AuditQuery query)
    {
        List<string> terms = [];
        if (query.AccountId is not null)
            terms.Add("(e.account_id = @AccountId OR e.subject = @AccountId)");
        if (query.Action is not null)
            terms.Add("(e.action = @Action OR substr(e.action, 1, length(@Action) + 1) = @Action || '.')");
        if (query.From is not null)
            terms.Add("e.at >= @from");
        if (query.To is not null)
            terms.Add("e.at < @to");
        if (query.Before is not null)
            terms.Add("e.id < @Before");
        return terms.Count == 0 ? "" : $"WHERE {string.Join(" AND ", terms)}";
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public long At { get; init; }

        public string? AccountId { get; init; }

        public string Action { get; init; } = null!;

        public string? Subject { get; init; }

        public string? Address { get; init; }

        public string? Detail { get; init; }

        public string? AccountName { get; init; }

        public string? SubjectName { get; init; }
    }
}
