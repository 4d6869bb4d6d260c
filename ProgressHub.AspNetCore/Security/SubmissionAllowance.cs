using System.Threading.RateLimiting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Workloads;

namespace ProgressHub.AspNetCore.Security;

/// <summary>
/// How many jobs each owner may still submit this minute, by whichever way: the endpoints ask through
/// the rate limiter, the forms of the UI, which submit in process, through <see cref="Require"/>.
/// </summary>
public sealed class SubmissionAllowance(IOptions<LimitOptions> limits) : IDisposable
{
    private const int TicksPerMinute = 600;

    private readonly PartitionedRateLimiter<string> _owners = PartitionedRateLimiter.Create<string, string>(
        owner => RateLimitPartition.GetTokenBucketLimiter(owner, _ => Bucket(limits.Value.SubmissionsPerMinute)));

    /// <summary>Takes a submission of an owner's, where there is one left.</summary>
    internal RateLimitLease Take(string owner) => _owners.AttemptAcquire(owner);

    /// <summary>Takes a submission of an owner's.</summary>
    /// <exception cref="WorkloadException"><c>rate_limited</c>: none is left; it says when there will be.</exception>
    /// <param name="owner">Who submits.</param>
    public void Require(string owner)
    {
        using var lease = Take(owner);
        if (lease.IsAcquired)
            return;
        var wait = WaitOf(lease);
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        throw new WorkloadException(
            "rate_limited",
            $"Too many jobs were submitted within a minute. Try again in {(seconds == 1 ? "1 second" : $"{seconds} seconds")}.")
        {
            IsTransient = true, RetryAfter = wait,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _owners.Dispose();

    /// <summary>How long until a refused owner may submit again.</summary>
    internal static TimeSpan WaitOf(RateLimitLease refused) =>
        refused.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1);

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
}

/// <summary>Registers the allowance, for the API and for the UI, whichever a host has.</summary>
public static class SubmissionAllowanceSetup
{
    /// <summary>Adds <see cref="SubmissionAllowance"/> and its limits (section <c>Limits</c>); <c>AddProgressHubApi</c> does it too.</summary>
    public static IServiceCollection AddSubmissionAllowance(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<LimitOptions>()
            .BindConfiguration(LimitOptions.Section).ValidateDataAnnotations();
        services.TryAddSingleton<SubmissionAllowance>();
        return services;
    }
}
