using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using ProgressHub.AspNetCore.Problems;

namespace ProgressHub.AspNetCore.Security;

/// <summary>How many jobs an owner may submit a minute; every endpoint that submits requires it.</summary>
internal static class SubmissionLimiter
{
    /// <summary>The name of the policy, for <c>RequireRateLimiting</c>.</summary>
    public const string Policy = "submissions";

    public static IServiceCollection AddSubmissionLimiter(this IServiceCollection services)
    {
        services.AddSubmissionAllowance();
        services.AddRateLimiter(static limiter => limiter.OnRejected = static (rejected, _) =>
            new ValueTask(Refusal(rejected.Lease).WriteAsync(rejected.HttpContext)));
        services.AddOptions<RateLimiterOptions>().Configure<SubmissionAllowance>(static (limiter, allowance) =>
            limiter.AddPolicy(Policy, context => RateLimitPartition.Get(
                context.User.Owner(), owner => new OwnersShare(allowance, owner))));
        return services;
    }

    private static Problem Refusal(RateLimitLease lease) => Problem.Of(
        StatusCodes.Status429TooManyRequests, "rate_limited",
        "Too many jobs were submitted within a minute; try again later.") with
    {
        RetryAfter = SubmissionAllowance.WaitOf(lease),
    };

    /// <summary>The framework's view of an owner's allowance. It holds nothing, so that it may come and go.</summary>
    private sealed class OwnersShare(SubmissionAllowance allowance, string owner) : RateLimiter
    {
        public override TimeSpan? IdleDuration => TimeSpan.MaxValue;

        public override RateLimiterStatistics? GetStatistics() => null;

        protected override RateLimitLease AttemptAcquireCore(int permitCount) => allowance.Take(owner);

        protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) =>
            ValueTask.FromResult(allowance.Take(owner));
    }
}
