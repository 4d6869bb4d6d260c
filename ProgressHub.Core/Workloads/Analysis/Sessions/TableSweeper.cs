using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ProgressHub.Core.Workloads.Analysis.Sessions;

/// <summary>Removes tables that nobody has used for long, once an hour.</summary>
internal sealed partial class TableSweeper(TableStore tables, TimeProvider time, ILogger<TableSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                await tables.SweepAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is IOException or SqliteException or UnauthorizedAccessException)
            {
                LogFailed(exception);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Tables that nobody uses could not be removed; it is tried again in an hour.")]
    private partial void LogFailed(Exception exception);
}
