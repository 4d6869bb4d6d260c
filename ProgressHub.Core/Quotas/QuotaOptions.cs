using System.ComponentModel.DataAnnotations;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Quotas;

/// <summary>
/// How much everybody may have and use; an administrator may set other bounds for single accounts. What is missing has no bound.
/// Configuration section <c>Quotas</c>.
/// </summary>
public sealed class QuotaOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Quotas";

    /// <summary>How many jobs of one account are under way at once; more wait in the queue, and let others pass.</summary>
    [Range(1, 1_000_000)]
    public int? JobsRunning { get; set; }

    /// <summary>How many jobs of one account wait; more are refused with <c>quota_jobs_queued</c>.</summary>
    [Range(1, 1_000_000)]
    public int? JobsQueued { get; set; }

    /// <summary>How many jobs one account submits a day (UTC), deleted ones included; more are refused with <c>quota_jobs_per_day</c>.</summary>
    [Range(0, 1_000_000_000)]
    public int? JobsPerDay { get; set; }

    /// <summary>How many bytes one account has of uploads, results, documents and tables; more are refused with <c>quota_storage</c>.</summary>
    [Range(0, 1L << 50)]
    public long? StorageBytes { get; set; }

    /// <summary>How many minutes of audio the jobs of one account hear a month (UTC); more are refused with <c>quota_audio_minutes</c>.</summary>
    [Range(0, 1_000_000_000)]
    public double? AudioMinutesPerMonth { get; set; }

    /// <summary>How many tokens models read and write for one account a month (UTC); more are refused with <c>quota_tokens</c>.</summary>
    [Range(0, 1_000_000_000_000_000)]
    public long? TokensPerMonth { get; set; }

    /// <summary>
    /// What those may cost, in <c>Inference:Currency</c>, as far as <c>Inference:Prices</c> has prices; more is refused with
    /// <c>quota_money</c>.
    /// </summary>
    [Range(typeof(decimal), "0", "1000000000", ParseLimitsInInvariantCulture = true)]
    public decimal? MoneyPerMonth { get; set; }

    /// <summary>As a quota.</summary>
    internal Quota ToQuota() => Quota.None.With(new Dictionary<QuotaBound, decimal?>
    {
        [QuotaBound.JobsRunning] = JobsRunning,
        [QuotaBound.JobsQueued] = JobsQueued,
        [QuotaBound.JobsPerDay] = JobsPerDay,
        [QuotaBound.StorageBytes] = StorageBytes,
        [QuotaBound.AudioMinutesPerMonth] = (decimal?)AudioMinutesPerMonth,
        [QuotaBound.TokensPerMonth] = TokensPerMonth,
        [QuotaBound.MoneyPerMonth] = MoneyPerMonth,
    });
}
