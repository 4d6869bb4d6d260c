using System.Threading.RateLimiting;

namespace ProgressHub.AspNetCore.Accounts.Shares;

/// <summary>
/// How many links an address may open: each opening is written down. Many people may come from one address, and nobody
/// guesses a link, so it is many.
/// </summary>
internal sealed class LinkThrottle : IDisposable
{
    private const int PerMinute = 600;

    private readonly PartitionedRateLimiter<string> _addresses = PartitionedRateLimiter.Create<string, string>(
        static address => RateLimitPartition.GetFixedWindowLimiter(address, static _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = PerMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0,
        }));

    /// <summary>Whether the address that asks may open one more.</summary>
    public bool TryEnter(HttpContext context)
    {
        using var lease = _addresses.AttemptAcquire(context.Connection.RemoteIpAddress?.ToString() ?? "");
        return lease.IsAcquired;
    }

    /// <inheritdoc/>
    public void Dispose() => _addresses.Dispose();
}
