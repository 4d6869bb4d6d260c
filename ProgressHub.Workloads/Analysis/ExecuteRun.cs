using System.Globalization;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Analysis.Charts;
using ProgressHub.Workloads.Analysis.Planning;
using ProgressHub.Workloads.Analysis.Results;

namespace ProgressHub.Workloads.Analysis;

/// <summary>Runs a query that its asker wrote, in the same sandbox as any other.</summary>
internal sealed class ExecuteRun(WorkloadContext context, AnalysisServices services, AnalysisInput request)
{
    /// <summary>Who planned it: nobody, it is SQL already.</summary>
    public const string Engine = "sql";

    public async Task<AnalysisResult> RunAsync()
    {
        var log = new StepLog(context, steps: 3);
        var sql = request.Question;
        await context.BeginAsync(AnalysisStages.Session);
        await log.InfoAsync(1, $"Processing query: {QueryExecution.OneLine(sql)}");
        var asked = new AskedTable(context, services, request, log);
        await asked.FindAsync();
        var table = await asked.ReadAsync();

        await context.BeginAsync(AnalysisStages.Executing);
        var (rows, _) = await new QueryExecution(context, services, log, step: 2).RunAsync(table, sql);

        await context.BeginAsync(AnalysisStages.Presenting);
        var plan = new QuestionPlan(PlanKind.Any, sql, "");
        await log.SuccessAsync(3, "Query execution completed successfully");
        await log.SuccessAsync(3, "Query results ready for display");
        return new AnalysisResult
        {
            Question = sql,
            Text = string.Create(CultureInfo.InvariantCulture, $"The query gave {rows.Rows.Count:N0} {(rows.Rows.Count == 1 ? "row" : "rows")}{(rows.Truncated ? "; there are more, which were left out" : "")}."),
            Sql = sql,
            Columns = rows.Columns,
            Rows = RowsJson.Write(rows),
            Truncated = rows.Truncated,
            Chart = ChartMaker.Of(plan, rows, null),
            Engine = Engine,
            Data = DataView.Of(table),
            Warnings = table.Warnings,
        };
    }
}
