using Microsoft.Extensions.Options;
using ProgressHub.Core.Retries;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Inference;

/// <summary>
/// The one place where a call to an engine is tried again: the SDKs' own retries are off. Waits grow exponentially with
/// jitter, and Retry-After is honoured.
/// </summary>
internal sealed class TransientRetry
{
    // Batches that failed together must not come back together.
    private const double Jitter = 0.2;
    private readonly Backoff _pauses;
    private readonly int _most;
    private readonly TimeProvider _time;

    public TransientRetry(IOptions<InferenceOptions> options, TimeProvider time)
        : this(new Backoff(options.Value.RetryDelay, options.Value.MaxRetryDelay, Jitter), options.Value.MaxRetries, time)
    {
    }

    private TransientRetry(Backoff pauses, int most, TimeProvider time) => (_pauses, _most, _time) = (pauses, most, time);

    /// <summary>
    /// One for calls that somebody waits for: what is not over within a second or two is the job's business, which is tried
    /// again as a whole.
    /// </summary>
    public static TransientRetry Brief(TimeProvider time) =>
        new(new Backoff(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(2), Jitter), most: 3, time);

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
                return await call(cancellationToken);
            }
            catch (WorkloadException fault) when (fault.IsTransient && retry < _most
                && (delay = DelayAfter(fault, retry)) <= _pauses.Longest)
            {
                await retrying(fault, delay);
            }

            await Task.Delay(delay, _time, cancellationToken);
        }
    }

    private TimeSpan DelayAfter(WorkloadException fault, int retry) =>
        _pauses.After(retry + 1, fault.RetryAfter, Random.Shared.NextDouble());
}
