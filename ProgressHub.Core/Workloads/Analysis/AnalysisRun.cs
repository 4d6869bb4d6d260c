using System.Globalization;
using System.Security.Cryptography;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads.Analysis.Charts;
using ProgressHub.Core.Workloads.Analysis.Planning;
using ProgressHub.Core.Workloads.Analysis.Results;
using ProgressHub.Core.Workloads.Analysis.Samples;
using ProgressHub.Core.Workloads.Analysis.Sandbox;
using ProgressHub.Core.Workloads.Analysis.Sessions;
using ProgressHub.Core.Workloads.Analysis.Tables;

namespace ProgressHub.Core.Workloads.Analysis;

/// <summary>One question, from its session to its answer, in the five steps that its log tells of.</summary>
internal sealed class AnalysisRun(
    WorkloadContext context, AnalysisServices services, AnalysisInput request, string engine, string? apiKey)
{
    private const int Steps = 5;
    private SessionRow? _session;
    private string? _file;

    private CancellationToken Canceled => context.CancellationToken;

    public async Task<AnalysisResult> RunAsync()
    {
        await BeginAsync("session").ConfigureAwait(false);
        await LogAsync(JobLogLevel.Info, $"Processing question: \"{request.Question}\"", 1).ConfigureAwait(false);
        var (dataId, dataName) = await FindDataAsync().ConfigureAwait(false);
        var asked = new AskedQuestion(
            context.JobId.ToString(), context.Owner, _session?.Id, dataId, $"{engine}/{request.Model}/{request.Language}", request.Question);
        var choices = _session is null ? [] : AnalysisSessions.ReadChoices(_session.Choices);
        await LogAsync(JobLogLevel.Info, "Checking cache for similar analyses", 1).ConfigureAwait(false);
        if (await services.Memory.FindAsync(asked, choices, Canceled).ConfigureAwait(false) is { } cached)
        {
            await LogAsync(JobLogLevel.Success, "Cache hit: this was answered before; returning that answer", 1).ConfigureAwait(false);
            await BeginAsync("presenting").ConfigureAwait(false);
            await LogAsync(JobLogLevel.Success, "Analysis results ready for display", 5).ConfigureAwait(false);
            return cached with { Cached = true, Question = request.Question };
        }

        await LogAsync(JobLogLevel.Info, "Cache miss: proceeding with the analysis", 1).ConfigureAwait(false);
        var table = await ReadAsync(dataId, dataName).ConfigureAwait(false);

        await BeginAsync("context").ConfigureAwait(false);
        var similar = await SearchAsync(asked).ConfigureAwait(false);

        await BeginAsync("planning").ConfigureAwait(false);
        var planning = new PlanMaking(context, services, table, request, engine, apiKey, _session?.Id, choices);
        if (await planning.MakeAsync(similar).ConfigureAwait(false) is not { } plan)
            return await ExplainAsync(planning, table, similar).ConfigureAwait(false);
        await LogAsync(JobLogLevel.Info, $"Plan ({planning.Engine}): {plan.Explanation}", 3).ConfigureAwait(false);
        await LogAsync(JobLogLevel.Info, $"SQL: {OneLine(plan.Sql)}", 3).ConfigureAwait(false);

        await BeginAsync("executing").ConfigureAwait(false);
        var (rows, points) = await ExecuteAsync(plan, table).ConfigureAwait(false);

        await BeginAsync("presenting").ConfigureAwait(false);
        var result = Present(plan, planning.Engine, table, similar, rows, points);
        await services.Memory.KeepAsync(asked, plan.Choices, result, Canceled).ConfigureAwait(false);
        await LogAsync(JobLogLevel.Info, result.Text, 5).ConfigureAwait(false);
        await LogAsync(JobLogLevel.Success, "Analysis request completed successfully", 5).ConfigureAwait(false);
        await LogAsync(JobLogLevel.Success, "Analysis results ready for display", 5).ConfigureAwait(false);
        return result;
    }

    private async Task<(string Id, string Name)> FindDataAsync()
    {
        if (request.Session is { } id)
        {
            _session = await services.Sessions.FindRowAsync(context.Owner, id, Canceled).ConfigureAwait(false) ?? throw AnalysisInput.UnknownSession();
            await services.Sessions.TouchAsync(id, Canceled).ConfigureAwait(false);
            await LogAsync(JobLogLevel.Success, $"Session \"{_session.Name}\" over {_session.DataName}", 1).ConfigureAwait(false);
            return (_session.DataId, _session.DataName);
        }

        if (request.Sample is { } name && AnalysisSamples.Find(name) is { } sample)
        {
            await LogAsync(JobLogLevel.Info, $"Sample table: {sample.Label}", 1).ConfigureAwait(false);
            return (sample.Hash, $"{sample.Id}.csv");
        }

        var file = await context.ReceiveFileAsync(request.File!).ConfigureAwait(false);
        services.Tables.RequireSize(file.Length);
        await LogAsync(JobLogLevel.Success, string.Create(
            CultureInfo.InvariantCulture, $"Received {file.Name}, {file.Length / 1024.0:N0} KB"), 1).ConfigureAwait(false);
        _file = file.Path;
        var stream = File.OpenRead(file.Path);
        await using (stream.ConfigureAwait(false))
            return (Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, Canceled).ConfigureAwait(false)), file.Name);
    }

    private async Task<TableProfile> ReadAsync(string id, string name)
    {
        await BeginAsync("reading").ConfigureAwait(false);
        var started = context.Time.GetTimestamp();
        var table = await services.Tables.OpenAsync(
            id, name, _file,
            (share, rows) => context.Progress.Report(new ProgressUpdate(
                rows > 0 ? rows : null, null, rows > 0 ? "Reading rows" : "Finding out the types of its columns", "rows") { Fraction = share }),
            Canceled).ConfigureAwait(false);
        context.SetInputSize(table.Rows);
        await context.LogAsync(
            JobLogLevel.Info,
            string.Create(CultureInfo.InvariantCulture, $"Table {table.Name}: {table.Rows:N0} rows of {table.Columns.Count} columns ({string.Join(", ", table.Columns.Take(20).Select(c => $"{c.Name} {c.Type.ToString().ToLowerInvariant()}"))})"),
            1, Steps, context.Time.GetElapsedTime(started)).ConfigureAwait(false);
        foreach (var warning in table.Warnings)
            await LogAsync(JobLogLevel.Warning, warning, 1).ConfigureAwait(false);
        return table;
    }

    private async Task<IReadOnlyList<SimilarQuestion>> SearchAsync(AskedQuestion asked)
    {
        await LogAsync(JobLogLevel.Info, "Searching for contextual information", 2).ConfigureAwait(false);
        var started = context.Time.GetTimestamp();
        var similar = await services.Memory.FindSimilarAsync(asked, Canceled).ConfigureAwait(false);
        var took = context.Time.GetElapsedTime(started);
        await context.LogAsync(JobLogLevel.Success, string.Create(
            CultureInfo.InvariantCulture, $"Context search completed in {took.TotalSeconds:0.00}s: {similar.Count} similar questions"), 2, Steps, took).ConfigureAwait(false);
        foreach (var question in similar)
        {
            await LogAsync(JobLogLevel.Info, string.Create(
                CultureInfo.InvariantCulture, $"Similar ({question.Similarity:0.00}): {question.Question}"), 2).ConfigureAwait(false);
        }

        return similar;
    }

    private async Task<(QueryResult Rows, QueryResult? Points)> ExecuteAsync(QuestionPlan plan, TableProfile table)
    {
        await LogAsync(JobLogLevel.Info, "Running the query in the sandbox", 4).ConfigureAwait(false);
        var options = services.Options.Value;
        var query = new SandboxedQuery(new QueryLimits(options.QueryTimeout, options.MaxRows, options.MaxResultBytes), services.Time);
        var path = services.Tables.PathOf(table.Id);
        var started = context.Time.GetTimestamp();
        try
        {
            var (rows, points) = await context.PulseAsync(
                token => (query.Run(path, plan.Sql, token), plan.PointsSql is null ? null : query.Run(path, plan.PointsSql, token)),
                new PulseOptions { Expected = TimeSpan.FromSeconds(1), Early = "Running the query", Middle = "Still running the query" }).ConfigureAwait(false);
            await context.LogAsync(
                JobLogLevel.Success,
                string.Create(CultureInfo.InvariantCulture, $"The query gave {rows.Rows.Count:N0} rows{(rows.Truncated ? "; there are more, which were left out" : "")}"),
                4, Steps, context.Time.GetElapsedTime(started)).ConfigureAwait(false);
            return (rows, points);
        }
        catch (UnsafeQueryException refused)
        {
            throw new WorkloadException("unsafe_query", $"The query {refused.Message}.", refused);
        }
        catch (WorkloadException failed)
        {
            await LogAsync(JobLogLevel.Error, $"Analysis failed: {failed.Message}", 4).ConfigureAwait(false);
            throw;
        }
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
        await LogAsync(JobLogLevel.Warning, "Query not specific enough", 3).ConfigureAwait(false);
        await BeginAsync("presenting").ConfigureAwait(false);
        await LogAsync(JobLogLevel.Info, planning.Help, 5).ConfigureAwait(false);
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

    // Most stages can't say how far they are; that those before them are over is known all the same.
    private async ValueTask BeginAsync(string stage)
    {
        await context.BeginStageAsync(stage).ConfigureAwait(false);
        context.Progress.Report(new ProgressUpdate { Fraction = 0 });
    }

    private ValueTask LogAsync(JobLogLevel level, string message, int step) => context.LogAsync(level, message, step, Steps);

    private static string OneLine(string sql) => string.Join(' ', sql.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
