using System.Globalization;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads.Analysis.Sandbox;
using ProgressHub.Core.Workloads.Analysis.Tables;

namespace ProgressHub.Core.Workloads.Analysis;

/// <summary>Runs a query over a table in the sandbox, and tells of it.</summary>
internal sealed class QueryExecution(WorkloadContext context, AnalysisServices services, StepLog log, int step)
{
    /// <summary>Runs it, and a second one for a chart's points where there is one.</summary>
    /// <exception cref="WorkloadException"><c>unsafe_query</c>, or as <see cref="SandboxedQuery.Run"/> says.</exception>
    public async Task<(QueryResult Rows, QueryResult? Points)> RunAsync(TableProfile table, string sql, string? pointsSql = null)
    {
        await log.InfoAsync(step, "Running the query in the sandbox").ConfigureAwait(false);
        var options = services.Options.Value;
        var query = new SandboxedQuery(new QueryLimits(options.QueryTimeout, options.MaxRows, options.MaxResultBytes), services.Time);
        var path = services.Tables.PathOf(table.Id);
        var started = context.Time.GetTimestamp();
        try
        {
            var (rows, points) = await context.PulseAsync(
                token => (query.Run(path, sql, token), pointsSql is null ? null : query.Run(path, pointsSql, token)),
                new PulseOptions { Expected = TimeSpan.FromSeconds(1), Early = "Running the query", Middle = "Still running the query" }).ConfigureAwait(false);
            await log.SuccessAsync(
                step,
                string.Create(CultureInfo.InvariantCulture, $"The query gave {rows.Rows.Count:N0} rows{(rows.Truncated ? "; there are more, which were left out" : "")}"),
                context.Time.GetElapsedTime(started)).ConfigureAwait(false);
            return (rows, points);
        }
        catch (UnsafeQueryException refused)
        {
            throw new WorkloadException("unsafe_query", $"The query {refused.Message}.", refused);
        }
    }

    /// <summary>A query on one line, as logs and titles have it.</summary>
    public static string OneLine(string sql) => string.Join(' ', sql.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
