using System.Globalization;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Analysis.Charts;
using ProgressHub.Workloads.Analysis.Results;
using ProgressHub.Workloads.Analysis.Sandbox;
using ProgressHub.Workloads.Analysis.Sessions;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis;

/// <summary>Looks up the context of a question and leaves it at that.</summary>
internal sealed class SearchRun(WorkloadContext context, AnalysisServices services, AnalysisInput request, string engine)
{
    private static readonly ResultColumn[] Columns =
    [
        new("kind", ColumnType.Text), new("text", ColumnType.Text), new("column", ColumnType.Text), new("similarity", ColumnType.Real),
    ];

    public async Task<AnalysisResult> RunAsync()
    {
        var log = new StepLog(context, steps: 3);
        await context.BeginAsync(AnalysisStages.Session);
        await log.InfoAsync(1, $"Processing search: \"{request.Question}\"");
        var asked = new AskedTable(context, services, request, log);
        await asked.FindAsync();
        var table = await asked.ReadAsync();

        await context.BeginAsync(AnalysisStages.Context);
        var question = new AskedQuestion(
            context.JobId.ToString(), context.Owner, asked.Session?.Id, asked.Id, engine, request.Question);
        var found = await new ContextSearch(context, services, log).FindAsync(question, table);
        if (found.Expansion is { } expansion)
            await log.SuccessAsync(2, $"Query expanded: {expansion}");

        await context.BeginAsync(AnalysisStages.Presenting);
        var result = Present(found, table);
        await log.InfoAsync(3, result.Text);
        await log.SuccessAsync(3, "Search request completed successfully");
        await log.SuccessAsync(3, "Search results ready for display");
        return result;
    }

    private AnalysisResult Present(FoundContext found, TableProfile table)
    {
        List<IReadOnlyList<object?>> rows =
        [
            .. found.Similar.Select(s => (IReadOnlyList<object?>)["question", s.Question, null, s.Similarity]),
            .. found.Columns.SelectMany(m => m.Columns, (m, c) => (IReadOnlyList<object?>)["column", m.Term, c.Name, null]),
            .. found.Values.SelectMany(v => v.Columns, (v, c) => (IReadOnlyList<object?>)["value", v.Value, c.Name, null]),
        ];
        return new AnalysisResult
        {
            Question = request.Question,
            Text = rows.Count == 0
                ? "Nothing of this is known: no earlier question is like it, and it names no column and no value of the table."
                : string.Create(CultureInfo.InvariantCulture, $"Found {Count(found.Similar.Count, "similar question")}, {Count(found.Columns.Count, "term")} for columns and {Count(found.Values.Count, "value")}."),
            Columns = Columns,
            Rows = RowsJson.Write(new QueryResult(Columns, rows, Truncated: false)),
            Chart = new ChartSpec(ChartType.Table, "", null, null, []),
            Engine = engine,
            Data = DataView.Of(table),
            Warnings = table.Warnings,
            Similar = found.Similar,
        };
    }

    private static string Count(int count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
