using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using ProgressHub.Web.Problems;

namespace ProgressHub.Web.Security;

/// <summary>How many jobs an owner may submit a minute; every endpoint that submits requires it.</summary>
internal static class SubmissionLimiter
{
    /// <summary>The name of the policy, for <c>RequireRateLimiting</c>.</summary>
    public const string Policy = "submissions";

    private const int TicksPerMinute = 600;

    public static IServiceCollection AddSubmissionLimiter(this IServiceCollection services)
    {
        services.AddRateLimiter(static limiter => limiter.OnRejected = static (rejected, _) =>
            new ValueTask(Refusal(rejected.Lease).WriteAsync(rejected.HttpContext)));
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<LimitOptions>>(static (limiter, limits) =>
            limiter.AddPolicy(Policy, context => RateLimitPartition.GetTokenBucketLimiter(
                context.User.Owner(), _ => Bucket(limits.Value.SubmissionsPerMinute))));
        return services;
    }

    private static TokenBucketRateLimiterOptions Bucket(int perMinute)
    {
        var tokens = Math.Max(1, perMinute / TicksPerMinute);
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = perMinute,
            TokensPerPeriod = tokens,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1) * tokens / perMinute,
            QueueLimit = 0,
        };
    }

    private static Problem Refusal(RateLimitLease lease) => Problem.Of(
        StatusCodes.Status429TooManyRequests, "rate_limited",
        "Too many jobs were submitted within a minute; try again later.") with
    {
        RetryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1),
    };
}
