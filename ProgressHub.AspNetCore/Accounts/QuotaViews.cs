using ProgressHub.Core.Jobs;
using ProgressHub.Core.Quotas;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>What an account uses, of what it may.</summary>
/// <param name="AccountId">Whose.</param>
/// <param name="At">When it was counted.</param>
/// <param name="JobsThisMonth">How many jobs it has submitted this month (UTC).</param>
/// <param name="Bounds">One for each thing that can be bounded.</param>
internal sealed record AccountUsageView(string AccountId, DateTimeOffset At, long JobsThisMonth, IReadOnlyList<BoundView> Bounds)
{
    public static AccountUsageView Of(string accountId, Quota quota, OwnerUsage used, DateTimeOffset now) => new(
        accountId, now, used.Month,
        [
            .. Enum.GetValues<QuotaBound>().Select(bound => new BoundView(
                QuotaNames.Of(bound), used[bound], quota[bound], QuotaRefusal.RenewalOf(bound, now))),
        ]);
}

/// <summary>One thing that can be bounded.</summary>
/// <param name="Bound">Which: <c>jobsRunning</c>, <c>jobsQueued</c>, <c>jobsPerDay</c>, <c>storageBytes</c>, <c>audioMinutesPerMonth</c>,
/// <c>tokensPerMonth</c>, <c>moneyPerMonth</c>.</param>
/// <param name="Used">How much there is of it.</param>
/// <param name="Most">How much there may be; missing for no bound.</param>
/// <param name="RenewsAt">When the count begins anew; missing where it does not by time.</param>
internal sealed record BoundView(string Bound, decimal Used, decimal? Most, DateTimeOffset? RenewsAt);

/// <summary>What an account is allowed.</summary>
/// <param name="Defaults">What everybody is, by configuration.</param>
/// <param name="Own">What is set for this account in its place; null lifts a bound.</param>
internal sealed record QuotaView(IReadOnlyDictionary<string, decimal?> Defaults, IReadOnlyDictionary<string, decimal?> Own);

/// <summary>A key, as administrators see it.</summary>
/// <param name="AccountId">On whose behalf it is used.</param>
/// <param name="AccountName">What they are called.</param>
/// <param name="Key">The key, without the key itself.</param>
internal sealed record OwnedKeyView(string AccountId, string AccountName, KeyView Key);

/// <summary>Keys of everybody.</summary>
/// <param name="Keys">The newest first.</param>
internal sealed record OwnedKeyViews(IReadOnlyList<OwnedKeyView> Keys);
