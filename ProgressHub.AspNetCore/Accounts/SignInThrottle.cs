using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using ProgressHub.AspNetCore.Security;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>
/// How many passwords an address may try: checking one is slow on purpose, and whoever tries many of them would take the
/// processor from everybody else.
/// </summary>
internal sealed class SignInThrottle(IOptions<AuthOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _addresses = PartitionedRateLimiter.Create<string, string>(
        address => RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = options.Value.SignInsPerMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0,
        }));

    /// <summary>Whether the address that asks may try once more.</summary>
    public bool TryEnter(HttpContext context)
    {
        using var lease = _addresses.AttemptAcquire(context.Connection.RemoteIpAddress?.ToString() ?? "");
        return lease.IsAcquired;
    }

    public void Dispose() => _addresses.Dispose();
}
