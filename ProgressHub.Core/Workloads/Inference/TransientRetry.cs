using Microsoft.Extensions.Options;

namespace ProgressHub.Core.Workloads.Inference;

/// <summary>
/// The one place where a call to an engine is tried again: the SDKs' own retries are off. Waits grow exponentially with
/// jitter, and Retry-After is honoured.
/// </summary>
internal sealed class TransientRetry(IOptions<InferenceOptions> options, TimeProvider time)
{
    /// <summary>Makes the call, again and again while its failures are transient and tries are left.</summary>
    /// <param name="call">The call.</param>
    /// <param name="retrying">Hears of each failure that is followed by another try, and of the wait before it.</param>
    /// <param name="cancellationToken">Ends the call and the waiting.</param>
    /// <exception cref="WorkloadException">What the last try failed with.</exception>
    public async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T>> call,
        Func<WorkloadException, TimeSpan, ValueTask> retrying,
        CancellationToken cancellationToken)
    {
        for (var retry = 0; ; retry++)
        {
            TimeSpan delay;
            try
            {
                return await call(cancellationToken).ConfigureAwait(false);
            }
            catch (WorkloadException fault) when (fault.IsTransient && retry < options.Value.MaxRetries
                && (delay = DelayAfter(fault, retry)) <= options.Value.MaxRetryDelay)
            {
                await retrying(fault, delay).ConfigureAwait(false);
            }

            await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private TimeSpan DelayAfter(WorkloadException fault, int retry)
    {
        var limit = options.Value.MaxRetryDelay;
        var doubled = options.Value.RetryDelay * Math.Pow(2, Math.Min(retry, 30));
        // Jitter keeps batches that failed together from coming back together.
        var backoff = (doubled < limit ? doubled : limit) * (0.8 + (0.2 * Random.Shared.NextDouble()));
        return fault.RetryAfter is { } asked && asked > backoff ? asked : backoff;
    }
}
