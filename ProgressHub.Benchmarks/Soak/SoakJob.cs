using ProgressHub.Benchmarks.Load;

namespace ProgressHub.Benchmarks.Soak;

/// <summary>A job of a soak, which reports once a second until the time is over.</summary>
internal sealed class SoakJob(ReportedJob job)
{
    private const int Total = 100_000;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private long _end = long.MaxValue;

    public string Id => job.Id;

    /// <summary>Whether more events come.</summary>
    public bool IsRunning => Volatile.Read(ref _end) == long.MaxValue;

    /// <summary>Whether nothing comes after an event.</summary>
    public bool EndsWith(long seq) => seq >= Volatile.Read(ref _end);

    /// <summary>How many events it has; known once it is over.</summary>
    public long Events => Volatile.Read(ref _end);

    public async Task RunAsync(CancellationToken over)
    {
        using var timer = new PeriodicTimer(Interval, TimeProvider.System);
        while (!over.IsCancellationRequested)
        {
            await job.UpdateAsync(Total);
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        Volatile.Write(ref _end, await job.ReadSeqAsync());
    }
}
