using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Schedules;

/// <summary>Looks every second at what is due.</summary>
internal sealed partial class ScheduleClock(ScheduleFiring firing, TimeProvider time, ILogger<ScheduleClock> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => time.EveryAsync(Interval, LookAsync, stoppingToken);

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        try
        {
            await firing.FireDueAsync(stoppingToken);
        }
        catch (Exception failure) when (failure is StorageUnavailableException or StorageClosedException)
        {
            // The store says so itself; what is due stays due.
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailed(failure);
        }
    }

    [LoggerMessage(LogLevel.Error, "A look at what schedules are due failed; the next one finds the same.")]
    private partial void LogFailed(Exception failure);
}
