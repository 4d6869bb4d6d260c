using ProgressHub.Core.Retries;

namespace ProgressHub.Core.Webhooks;

/// <summary>When a delivery that failed is tried again.</summary>
internal static class RetrySchedule
{
    private const double Jitter = 0.2;
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(6);

    private static readonly TimeSpan[] Delays =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6),
    ];

    /// <summary>The moment of the next attempt; null where its time is over.</summary>
    /// <param name="failures">How many attempts have failed, from 1.</param>
    /// <param name="eventAt">When the event happened.</param>
    /// <param name="now">When the last attempt ended.</param>
    /// <param name="retryAfter">What the receiver asked for; never more than six hours are granted.</param>
    /// <param name="options">The delays, and when to give up.</param>
    /// <param name="chance">0 to 1: spreads attempts, so that many which failed together do not come back together.</param>
    public static DateTimeOffset? Next(
        int failures, DateTimeOffset eventAt, DateTimeOffset now, TimeSpan? retryAfter, WebhookOptions options, double chance)
    {
        var delays = options.RetryDelays is { Length: > 0 } given ? given : Delays;
        var delay = Backoff.Spread(delays[Math.Clamp(failures - 1, 0, delays.Length - 1)], 1 - Jitter, 1 + Jitter, chance);
        if (retryAfter is { } asked)
        {
            var granted = asked < LongestRetryAfter ? asked : LongestRetryAfter;
            delay = granted > delay ? granted : delay;
        }

        var next = now + delay;
        return next - eventAt <= options.GiveUpAfter ? next : null;
    }
}
