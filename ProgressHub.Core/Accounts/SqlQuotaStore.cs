using System.Globalization;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Sql;

namespace ProgressHub.Core.Accounts;

/// <inheritdoc/>
internal sealed class SqlQuotaStore(ISqlDatabase database) : IQuotaOverrides
{
    public Task<IReadOnlyList<QuotaOverride>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<QuotaOverride>>(
            connection =>
            [
                // A bound that only a later version knows is none of ours.
                .. connection.Query<Row>("SELECT account_id AS accountId, bound, most FROM quotas")
                    .Where(row => Enum.TryParse<QuotaBound>(row.Bound, out _))
                    .Select(row => new QuotaOverride(
                        row.AccountId, Enum.Parse<QuotaBound>(row.Bound),
                        row.Most is null ? null : decimal.Parse(row.Most, CultureInfo.InvariantCulture))),
            ],
            cancellationToken);

    public Task ReplaceAsync(string owner, IReadOnlyDictionary<QuotaBound, decimal?> bounds, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
            {
                connection.Execute("DELETE FROM quotas WHERE account_id = @owner", new { owner });
                return connection.Execute(
                    "INSERT INTO quotas (account_id, bound, most) VALUES (@owner, @bound, @most)",
                    bounds.Select(each => new
                    {
                        owner, bound = each.Key.ToString(), most = each.Value?.ToString(CultureInfo.InvariantCulture),
                    }));
            },
            cancellationToken);

    private sealed record Row(string AccountId, string Bound, string? Most);
}
