using Microsoft.Extensions.Logging;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Workloads.Analysis.Sessions;

/// <summary>Removes tables that nobody has used for long, once an hour.</summary>
internal sealed class TableSweeper(TableStore tables, TimeProvider time, ILogger<TableSweeper> logger) : PeriodicSweep(time, logger)
{
    protected override TimeSpan Interval => TimeSpan.FromHours(1);

    protected override string What => "tables that nobody used";

    public override Task<int> SweepAsync(CancellationToken cancellationToken) => tables.SweepAsync(cancellationToken);
}
