using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ProgressHub.Core.Jobs;

/// <summary>
/// Removes, every so often, what nobody needs any more. A sweep that fails is no harm: the next one finds the same.
/// </summary>
public abstract partial class PeriodicSweep : BackgroundService
{
    private readonly SweepSchedule _schedule;
    private readonly ILogger _logger;

    /// <summary>A sweep over what this server has for itself.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Told of what was removed.</param>
    protected PeriodicSweep(TimeProvider time, ILogger logger)
        : this(new SweepSchedule(time, new EveryTurn()), logger)
    {
    }

    /// <summary>A sweep over what several nodes may share: one of them makes it, the others let it be.</summary>
    private protected PeriodicSweep(SweepSchedule schedule, ILogger logger) => (_schedule, _logger) = (schedule, logger);

    /// <summary>The time between two sweeps.</summary>
    protected abstract TimeSpan Interval { get; }

    /// <summary>What is removed and why, for the server's log.</summary>
    protected abstract string What { get; }

    /// <summary>Removes all that is due now; returns how many things went.</summary>
    public abstract Task<int> SweepAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        _schedule.Time.EveryAsync(Interval, SweepOnceAsync, stoppingToken);

    private async Task SweepOnceAsync(CancellationToken stoppingToken)
    {
        try
        {
            await using var turn = await _schedule.Turns.TakeAsync(GetType().Name, Interval, stoppingToken);
            if (turn is not null && await SweepAsync(stoppingToken) is > 0 and var removed)
                LogSwept(removed, What);
        }
        catch (StorageUnavailableException)
        {
            // The store says so itself.
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            LogSweepFailed(failure, What);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Count} {What} were removed.")]
    private partial void LogSwept(int count, string what);

    [LoggerMessage(LogLevel.Error, "A sweep for {What} failed; the next one tries again.")]
    private partial void LogSweepFailed(Exception failure, string what);
}
