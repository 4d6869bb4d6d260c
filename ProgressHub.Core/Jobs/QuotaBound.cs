namespace ProgressHub.Core.Jobs;

/// <summary>Something of which an owner may have, or use, so much.</summary>
internal enum QuotaBound
{
    /// <summary>Jobs under way at once; more wait in the queue.</summary>
    JobsRunning,

    /// <summary>Jobs that wait at once.</summary>
    JobsQueued,

    /// <summary>Jobs submitted a day (UTC), those included that were deleted since.</summary>
    JobsPerDay,

    /// <summary>Bytes of uploads, of what jobs made, of results, documents and tables.</summary>
    StorageBytes,

    /// <summary>Minutes of audio heard by jobs of a month (UTC).</summary>
    AudioMinutesPerMonth,

    /// <summary>Tokens that models read and wrote for jobs of a month (UTC).</summary>
    TokensPerMonth,

    /// <summary>What that costs at the configured prices, in their currency.</summary>
    MoneyPerMonth,
}
