namespace ProgressHub.Core.Progress;

/// <summary>Reports for an operation that can't.</summary>
internal sealed class Pulse(
    IProgress<ProgressUpdate> progress, PulseOptions options, TimeSpan? usual, TimeProvider time)
{
    // Between 0.8 and 1.2 s, so that a person sees it is alive.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestUsual = TimeSpan.FromMilliseconds(100);

    // The share at the moment it usually ends.
    private const double AtUsual = 0.9;

    private readonly TimeSpan _usual = Longer(usual ?? options.Expected, ShortestUsual);

    /// <summary>Runs the operation and reports until it ends.</summary>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> operation, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var running = Task.Run(() => operation(cancellationToken), cancellationToken);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var beating = BeatAsync(began, ended.Token);
        try
        {
            return await running.WaitAsync(cancellationToken);
        }
        finally
        {
            await ended.CancelAsync();
            await beating;

            // Where it ignores its token nobody awaits it any more.
            _ = running.ContinueWith(
                static task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted,
                TaskScheduler.Default);
        }
    }

    /// <summary>
    /// The share, 0..1, after <paramref name="ratio"/> of the usual time: straight to 0.9 at its end, then by the
    /// hyperbola that goes on at each moment and never arrives.
    /// </summary>
    internal static double Share(double ratio) => ratio <= 1 ? AtUsual * ratio : 1 - ((1 - AtUsual) / ratio);

    private async Task BeatAsync(long began, CancellationToken ended)
    {
        for (var beat = 0; !ended.IsCancellationRequested; beat++)
        {
            Beat(time.GetElapsedTime(began), beat);
            await Task.Delay(Interval, time, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Beat(TimeSpan elapsed, int beat)
    {
        var ratio = elapsed / _usual;
        progress.Report(new ProgressUpdate(
            Math.Round(elapsed.TotalSeconds, 1), Math.Round(_usual.TotalSeconds, 1), Message(ratio, beat), "seconds")
        {
            Fraction = options.From + ((options.To - options.From) * Share(ratio)),
            Estimated = true,
        });
    }

    // The beat at the very beginning and the one a second later are about the same step.
    private string Message(double ratio, int beat) => ratio switch
    {
        <= 1 when Math.Max(beat - 1, 0) is var step && step < options.Steps.Count => options.Steps[step],
        < 0.3 => options.Early,
        < 0.7 => options.Middle,
        <= 1 => options.Late,
        _ => options.Overdue,
    };

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
