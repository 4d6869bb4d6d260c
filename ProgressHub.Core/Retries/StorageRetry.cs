using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Retries;

/// <summary>Asks the store again and again while it can't answer, so that an outage fails no job.</summary>
internal static class StorageRetry
{
    private static readonly Backoff Delays = new(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(2));

    /// <summary>Returns what the store answers once it does.</summary>
    /// <param name="ask">Asks it. Nothing of a call that failed has happened.</param>
    /// <param name="time">The clock that waits between two calls.</param>
    /// <param name="cancellationToken">Ends the waiting, not a call.</param>
    /// <exception cref="StorageClosedException">It never will.</exception>
    public static async Task<T> RetryUntilAvailableAsync<T>(
        Func<Task<T>> ask, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var failures = 1; ; failures++)
        {
            try
            {
                return await ask();
            }
            catch (StorageUnavailableException outage) when (outage is not StorageClosedException)
            {
                // The store says so itself, in its log and in readiness.
                await Task.Delay(Delays.After(failures), time, cancellationToken);
            }
        }
    }

    /// <inheritdoc cref="RetryUntilAvailableAsync{T}"/>
    public static Task RetryUntilAvailableAsync(Func<Task> act, TimeProvider time, CancellationToken cancellationToken) =>
        RetryUntilAvailableAsync(
            async () =>
            {
                await act();
                return true;
            },
            time, cancellationToken);
}
