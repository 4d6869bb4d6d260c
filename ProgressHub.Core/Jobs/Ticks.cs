namespace ProgressHub.Core.Jobs;

/// <summary>Work that comes again and again until the server stops.</summary>
internal static class Ticks
{
    /// <summary>
    /// Takes a step after each interval, one at a time; ends without an exception once the server stops. An exception of a step
    /// ends it, so the step has to catch what is no reason to.
    /// </summary>
    public static async Task EveryAsync(
        this TimeProvider time, TimeSpan interval, Func<CancellationToken, Task> step, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
                await step(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The server stops.
        }
    }
}
