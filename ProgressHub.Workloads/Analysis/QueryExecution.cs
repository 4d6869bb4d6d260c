using System.Globalization;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Analysis.Sandbox;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis;

/// <summary>Runs a query over a table in the sandbox, and tells of it.</summary>
internal sealed class QueryExecution(WorkloadContext context, AnalysisServices services, StepLog log, int step)
{
    private static readonly PulseOptions Pulse = new()
    {
        Expected = TimeSpan.FromSeconds(1), Early = "Running the query", Middle = "Still running the query",
    };

    /// <summary>Runs it, and a second one for a chart's points where there is one.</summary>
    /// <exception cref="WorkloadException"><c>unsafe_query</c>, or as <see cref="ITableQueries.RunAsync"/> says.</exception>
    public async Task<(QueryResult Rows, QueryResult? Points)> RunAsync(TableProfile table, string sql, string? pointsSql = null)
    {
        await log.InfoAsync(step, "Running the query in the sandbox");
        var started = context.Time.GetTimestamp();
        try
        {
            var (rows, points) = await context.PulseAsync(token => BothAsync(table.Id, sql, pointsSql, token), Pulse);
            await log.SuccessAsync(
                step,
                rows.Truncated
                    ? string.Create(CultureInfo.InvariantCulture, $"The query gave {rows.Rows.Count:N0} rows; there are more, which were left out")
                    : string.Create(CultureInfo.InvariantCulture, $"The query gave {rows.Rows.Count:N0} rows"),
                context.Time.GetElapsedTime(started));
            return (rows, points);
        }
        catch (UnsafeQueryException refused)
        {
            throw new WorkloadException("unsafe_query", $"The query {refused.Message}.", refused);
        }
    }

    /// <summary>A query on one line, as logs and titles have it.</summary>
    public static string OneLine(string sql) => string.Join(' ', sql.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private async Task<(QueryResult Rows, QueryResult? Points)> BothAsync(
        string id, string sql, string? pointsSql, CancellationToken cancellationToken)
    {
        var rows = await services.Queries.RunAsync(id, sql, cancellationToken);
        return (rows, pointsSql is null ? null : await services.Queries.RunAsync(id, pointsSql, cancellationToken));
    }
}
