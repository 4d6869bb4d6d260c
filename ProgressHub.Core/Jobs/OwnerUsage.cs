namespace ProgressHub.Core.Jobs;

/// <summary>What an owner has now, and has used this day and this month (UTC); counted from rows when it is asked for.</summary>
internal sealed record OwnerUsage
{
    /// <summary>Jobs under way, those included that wait for an answer.</summary>
    public long Running { get; init; }

    /// <summary>Jobs that wait in the queue.</summary>
    public long Queued { get; init; }

    /// <summary>Jobs submitted today.</summary>
    public long Today { get; init; }

    /// <summary>Jobs submitted this month.</summary>
    public long Month { get; init; }

    /// <summary>Bytes of files and results, and of what else is kept for its owners.</summary>
    public long StorageBytes { get; init; }

    /// <summary>Seconds of audio that this month's jobs have heard.</summary>
    public double AudioSeconds { get; init; }

    /// <summary>Tokens that models read and wrote for this month's jobs.</summary>
    public long Tokens { get; init; }

    /// <summary>What those cost.</summary>
    public decimal Cost { get; init; }

    /// <summary>How much there is of what a bound is about, in its unit.</summary>
    public decimal this[QuotaBound bound] => bound switch
    {
        QuotaBound.JobsRunning => Running,
        QuotaBound.JobsQueued => Queued,
        QuotaBound.JobsPerDay => Today,
        QuotaBound.StorageBytes => StorageBytes,
        QuotaBound.AudioMinutesPerMonth => (decimal)Math.Round(AudioSeconds / 60, 2),
        QuotaBound.TokensPerMonth => Tokens,
        _ => Cost,
    };

    /// <summary>Together with what a job uses of models and audio.</summary>
    public OwnerUsage Plus(JobUsage job) => this with
    {
        Tokens = Tokens + job.Tokens, Cost = Cost + (job.Cost ?? 0), AudioSeconds = AudioSeconds + (job.AudioSeconds ?? 0),
    };
}
