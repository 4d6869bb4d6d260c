using System.Globalization;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Quotas;

/// <summary>Says which bound leaves no room, how much is used, and when it renews.</summary>
internal static class QuotaRefusal
{
    /// <summary>How every code begins.</summary>
    public const string Prefix = "quota_";

    /// <summary>The code of a bound on storage.</summary>
    public const string Storage = "quota_storage";

    private static readonly TimeSpan QueueRetry = TimeSpan.FromSeconds(10);

    /// <summary>The stable code of a bound.</summary>
    public static string CodeOf(QuotaBound bound) => bound switch
    {
        QuotaBound.JobsRunning => "quota_jobs_running",
        QuotaBound.JobsQueued => "quota_jobs_queued",
        QuotaBound.JobsPerDay => "quota_jobs_per_day",
        QuotaBound.StorageBytes => Storage,
        QuotaBound.AudioMinutesPerMonth => "quota_audio_minutes",
        QuotaBound.TokensPerMonth => "quota_tokens",
        _ => "quota_money",
    };

    /// <summary>When a bound renews; null where time alone does not renew it.</summary>
    public static DateTimeOffset? RenewalOf(QuotaBound bound, DateTimeOffset now) => bound switch
    {
        QuotaBound.JobsPerDay => UsageMonth.Today(now).AddDays(1),
        QuotaBound.AudioMinutesPerMonth or QuotaBound.TokensPerMonth or QuotaBound.MoneyPerMonth => UsageMonth.Next(now),
        _ => null,
    };

    /// <summary>The refusal of something new.</summary>
    public static WorkloadException Of(QuotaReached reached, DateTimeOffset now)
    {
        var wait = reached.Bound == QuotaBound.JobsQueued ? QueueRetry : RenewalOf(reached.Bound, now) - now;
        return new WorkloadException(CodeOf(reached.Bound), Words(reached, now)) { RetryAfter = wait };
    }

    /// <summary>The same in words.</summary>
    public static string Words(QuotaReached reached, DateTimeOffset now)
    {
        var (used, most) = (Text(reached.Bound, reached.Used), Text(reached.Bound, reached.Most));
        var renewal = RenewalOf(reached.Bound, now)?.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        return reached.Bound switch
        {
            QuotaBound.JobsQueued => $"{used} of your jobs wait, and {most} may; try again once one has begun.",
            QuotaBound.JobsPerDay => $"You have submitted {used} jobs today, and may submit {most} a day; the count begins anew at {renewal}.",
            QuotaBound.StorageBytes => $"What is kept of yours has {used} bytes, and may have {most}; delete jobs, uploads, documents or sessions over tables to make room.",
            QuotaBound.AudioMinutesPerMonth => $"Your jobs have heard {used} minutes of audio this month, and may hear {most}; the count begins anew at {renewal}.",
            QuotaBound.TokensPerMonth => $"Your jobs have used {used} tokens this month, and may use {most}; the count begins anew at {renewal}.",
            _ => $"Your jobs have cost {used} this month, and may cost {most}; the count begins anew at {renewal}.",
        };
    }

    private static string Text(QuotaBound bound, decimal number) =>
        number.ToString(bound == QuotaBound.MoneyPerMonth ? "#,0.####" : "#,0.##", CultureInfo.InvariantCulture);
}
