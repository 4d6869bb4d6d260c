using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Quotas;

namespace ProgressHub.Web.Components.Accounts;

/// <summary>What who has signed in uses, of what they may.</summary>
public sealed partial class UsageBars
{
    private Quota _quota = Quota.None;
    private OwnerUsage? _usage;

    [Inject]
    private QuotaKeeper Quotas { get; set; } = null!;

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => TryAsync(async () => (_quota, _usage) = await Quotas.FindAsync(Caller.Owner, CancellationToken.None));

    private string Amount(QuotaBound bound) => _quota[bound] is { } most
        ? L["{0} of {1}", BoundWords.Amount(bound, _usage![bound]), BoundWords.Amount(bound, most)]
        : L["{0}, no bound", BoundWords.Amount(bound, _usage![bound])];

    private decimal? Share(QuotaBound bound) => _quota[bound] switch
    {
        null => null,
        0 => 1,
        { } most => Math.Min(1, _usage![bound] / most),
    };

    private static string Percent(decimal share) => Math.Round(share * 100).ToString(CultureInfo.InvariantCulture);
}
