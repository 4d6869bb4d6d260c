using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Cluster;

/// <summary>Tells the others, every few seconds, what this node has to do.</summary>
internal sealed partial class LoadReport(
    ILocalSiloDetails self, NodeRegister register, NodeMeter meter, TimeProvider time, ILogger<LoadReport> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await TellAsync(stoppingToken);
        await time.EveryAsync(Interval, TellAsync, stoppingToken);
    }

    private async Task TellAsync(CancellationToken stoppingToken)
    {
        try
        {
            await register.TellAsync(self.SiloAddress, meter.Measure()).WaitAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException or InvalidOperationException)
        {
            // It is told again soon; were it to leave here, the host would stop.
            LogPutOff(failure.Message);
        }
    }

    [LoggerMessage(LogLevel.Debug, "What this node has to do could not be told now: {Reason}")]
    private partial void LogPutOff(string reason);
}
