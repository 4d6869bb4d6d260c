using Microsoft.Data.Sqlite;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Analysis.Charts;
using ProgressHub.Workloads.Analysis.Planning;
using ProgressHub.Workloads.Analysis.Results;
using ProgressHub.Workloads.Analysis.Sandbox;
using ProgressHub.Workloads.Analysis.Sessions;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis;

/// <summary>One question, from its session to its answer, in the five steps that its log tells of.</summary>
internal sealed class AnalysisRun(
    WorkloadContext context, AnalysisServices services, AnalysisInput request, string engine)
{
    private readonly StepLog _log = new(context, steps: 5);

    private CancellationToken Canceled => context.CancellationToken;

    public async Task<AnalysisResult> RunAsync()
    {
        await context.BeginAsync(AnalysisStages.Session);
        await _log.InfoAsync(1, $"Processing question: \"{request.Question}\"");
        var data = new AskedTable(context, services, request, _log);
        await data.FindAsync();
        var asked = new AskedQuestion(
            context.JobId.ToString(), context.Owner, data.Session?.Id, data.Id, $"{engine}/{request.Model}/{request.Language}", request.Question);
        var choices = data.Session is null ? [] : AnalysisSessions.ReadChoices(data.Session.Choices);
        if (await LookUpAsync(asked, choices) is { } cached)
        {
            await context.BeginAsync(AnalysisStages.Presenting);
            await FinishAsync();
            return cached with { Cached = true, Question = request.Question };
        }

        var table = await data.ReadAsync();

        await context.BeginAsync(AnalysisStages.Context);
        var found = await SearchAsync(asked, table);

        await context.BeginAsync(AnalysisStages.Planning);
        var planning = new PlanMaking(context, services, new PlanTask(table, request, engine, data.Session?.Id, choices), _log);
        if (await planning.MakeAsync(found.Similar) is not { } plan)
            return await ExplainAsync(planning, table, found.Similar);
        await _log.InfoAsync(3, $"Plan ({planning.Engine}): {plan.Explanation}");
        await _log.InfoAsync(3, $"SQL: {QueryExecution.OneLine(plan.Sql)}");

        await context.BeginAsync(AnalysisStages.Executing);
        var (rows, points) = await new QueryExecution(context, services, _log, step: 4).RunAsync(table, plan.Sql, plan.PointsSql);

        await context.BeginAsync(AnalysisStages.Presenting);
        var result = Present(plan, planning.Engine, table, found.Similar, rows, points);
        await RememberAsync(asked, plan, result);
        await _log.InfoAsync(5, result.Text);
        await FinishAsync();
        return result;
    }

    // What is remembered makes an answer quicker and nothing else: without it, it is worked out.
    private async Task<AnalysisResult?> LookUpAsync(AskedQuestion asked, Dictionary<string, string> choices)
    {
        await _log.InfoAsync(1, "Checking cache for similar analyses");
        try
        {
            var cached = await services.Memory.FindAsync(asked, choices, Canceled);
            if (cached is null)
                await _log.InfoAsync(1, "Cache miss - proceeding with analysis");
            else
                await _log.SuccessAsync(1, "Found cached result - returning");
            return cached;
        }
        catch (Exception failure) when (failure is SqliteException or StorageUnavailableException)
        {
            await _log.WarnAsync(1, "Cache check failed - proceeding with analysis");
            return null;
        }
    }

    private async Task<FoundContext> SearchAsync(AskedQuestion asked, TableProfile table)
    {
        try
        {
            var found = await new ContextSearch(context, services, _log).FindAsync(asked, table);
            if (engine == AnalysisWorkload.Rules && found.Expansion is { } expansion)
                await _log.InfoAsync(2, $"Query expanded: {expansion}");
            return found;
        }
        catch (WorkloadException failure)
        {
            // The question can be answered without it.
            await _log.ErrorAsync(2, $"Context search failed: {failure.Message}");
            return FoundContext.None;
        }
    }

    private async Task RememberAsync(AskedQuestion asked, QuestionPlan plan, AnalysisResult result)
    {
        try
        {
            await services.Memory.KeepAsync(asked, plan.Choices, result, Canceled);
        }
        catch (Exception failure) when (failure is SqliteException or StorageUnavailableException)
        {
            await _log.WarnAsync(5, "The answer can't be remembered; the same question will be worked out again");
        }
    }

    private async Task FinishAsync()
    {
        await _log.SuccessAsync(5, "Analysis request completed successfully");
        await _log.SuccessAsync(5, "Analysis results ready for display");
    }

    private AnalysisResult Present(
        QuestionPlan plan, string by, TableProfile table, IReadOnlyList<SimilarQuestion> similar, QueryResult rows, QueryResult? points) => new()
    {
        Question = request.Question,
        Text = AnswerText.Of(plan, rows),
        Sql = plan.Sql,
        Explanation = plan.Explanation,
        Columns = rows.Columns,
        Rows = RowsJson.Write(rows),
        Truncated = rows.Truncated,
        Chart = ChartMaker.Of(plan, rows, points),
        Engine = by,
        Data = DataView.Of(table),
        Warnings = [.. table.Warnings, .. plan.Assumptions],
        Similar = similar,
    };

    // An answer too: what is understood, with examples from the data itself.
    private async Task<AnalysisResult> ExplainAsync(PlanMaking planning, TableProfile table, IReadOnlyList<SimilarQuestion> similar)
    {
        await _log.ErrorAsync(3, "Query not specific enough");
        await context.BeginAsync(AnalysisStages.Presenting);
        await _log.InfoAsync(5, planning.Help);
        var none = new QueryResult([], [], Truncated: false);
        return new AnalysisResult
        {
            Question = request.Question,
            Text = planning.Help,
            Understood = false,
            Columns = [],
            Rows = RowsJson.Write(none),
            Chart = new ChartSpec(ChartType.Table, "", null, null, []),
            Engine = planning.Engine,
            Data = DataView.Of(table),
            Warnings = table.Warnings,
            Similar = similar,
            Examples = PlannerHelp.Examples(table),
        };
    }
}
