using Microsoft.AspNetCore.Components;
using ProgressHub.AspNetCore.Accounts;
using ProgressHub.Core.Accounts;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Quotas;
using ProgressHub.Web.Components.Accounts;

namespace ProgressHub.Web.Components.Administration;

/// <summary>What every account uses, of what it may.</summary>
public sealed partial class UsageTable
{
    private IReadOnlyList<Row>? _rows;

    [Inject]
    private AccountDirectory Accounts { get; set; } = null!;

    [Inject]
    private QuotaKeeper Usage { get; set; } = null!;

    [Inject]
    private QuotaBook Quotas { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        var accounts = await Accounts.ListAsync(CancellationToken.None);
        var used = await Usage.CountAsync([.. accounts.Select(account => account.Id)], CancellationToken.None);
        List<Row> rows = [];
        foreach (var (account, usage) in accounts.Zip(used))
            rows.Add(new Row(account, usage, await Quotas.OfAsync(account.Id, CancellationToken.None)));
        _rows = rows;
    }

    private static bool IsReached(Row row, QuotaBound bound) => row.Quota[bound] is { } most && row.Used[bound] >= most;

    private string Amount(Row row, QuotaBound bound) => row.Quota[bound] is { } most
        ? L["{0} of {1}", BoundWords.Amount(bound, row.Used[bound]), BoundWords.Amount(bound, most)]
        : BoundWords.Amount(bound, row.Used[bound]);

    private sealed record Row(Account Account, OwnerUsage Used, Quota Quota);
}
