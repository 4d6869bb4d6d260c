namespace ProgressHub.Client.Http;

/// <summary>
/// Exponential backoff with full jitter, so that clients that lost the same server do not return to it together
/// (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
/// </summary>
internal static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(1);

    /// <param name="failures">How many in a row, from 0.</param>
    /// <param name="random">0..1.</param>
    public static TimeSpan After(int failures, double random) =>
        Min(Longest, First * Math.Pow(2, Math.Clamp(failures - 1, 0, 16))) * random;

    /// <summary>What the server asks for goes first, and gets jitter on top: it asks all clients for the same.</summary>
    public static TimeSpan After(Exception? failure, int failures) =>
        failure is ProgressHubException { RetryAfter: { } asked }
            ? Min(LongestAsked, asked) + After(0, Random.Shared.NextDouble())
            : After(failures, Random.Shared.NextDouble());

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
