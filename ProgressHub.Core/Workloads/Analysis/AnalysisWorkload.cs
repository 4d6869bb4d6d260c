using System.Text.Json;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads.Analysis.Results;
using ProgressHub.Core.Workloads.Analysis.Sessions;

namespace ProgressHub.Core.Workloads.Analysis;

/// <summary>Answers questions over tables: a plan that is one query, shown and run in a sandbox.</summary>
internal sealed class AnalysisWorkload(AnalysisServices services) : IWorkload
{
    public const string Rules = "rules";

    public WorkloadDescriptor Descriptor { get; } = new()
    {
        Kind = "analysis",
        Label = "Analysis",
        Description = "Answers a question over a CSV or TSV with a query that is shown, a table, a chart and words.",
        InputSchema = AnalysisSchema.Input,
        Stages = AnalysisStages.ToAnswer,
        SecretInputs = [InputReading.ApiKeyProperty],
        FileInput = AnalysisInput.FileProperty,
        ResultForms = ResultRendering.Forms,
        Timeout = TimeSpan.FromHours(2),

        // Each call has been tried again for a while before a whole attempt fails.
        MaxAttempts = 2,

        // Each may take a few hundred megabytes for a moment; those that wait for a file or an answer do not count.
        MaxConcurrency = 4,
    };

    public ValueTask<WorkloadPlan> PlanAsync(JsonElement input, CancellationToken cancellationToken)
    {
        var request = AnalysisInput.Parse(input);
        var engine = EngineOf(request, InputReading.ReadApiKey(input));
        return ValueTask.FromResult(new WorkloadPlan(AnalysisStages.Of(request.Mode), engine, Title(request))
        {
            Tags = request.Session is { } session ? [AnalysisSession.TagOf(session)] : [],
        });
    }

    public async ValueTask<WorkloadPlan> PlanAsync(JsonElement input, string owner, CancellationToken cancellationToken)
    {
        var plan = await PlanAsync(input, cancellationToken).ConfigureAwait(false);
        if (AnalysisInput.Parse(input).Session is { } session
            && await services.Sessions.FindRowAsync(owner, session, cancellationToken).ConfigureAwait(false) is null)
        {
            throw AnalysisInput.UnknownSession();
        }

        return plan;
    }

    public async Task<WorkloadOutcome> RunAsync(WorkloadContext context)
    {
        var request = AnalysisInput.Parse(context.Input);
        var key = context.Secret(InputReading.ApiKeyProperty);
        var engine = EngineOf(request, key);
        var result = request.Mode switch
        {
            AnalysisMode.Search => new SearchRun(context, services, request, engine).RunAsync(),
            AnalysisMode.Execute => new ExecuteRun(context, services, request).RunAsync(),
            _ => new AnalysisRun(context, services, request, engine, key).RunAsync(),
        };
        return new WorkloadOutcome(ResultRendering.Document(await result.ConfigureAwait(false)));
    }

    public ResultDocument? Assemble(JsonElement input, IReadOnlyDictionary<int, PartialResult> partials) => null;

    public ResultDocument Render(ResultDocument result, ResultForm form) => ResultRendering.Render(result, form);

    public ValueTask<IReadOnlyList<EngineStatus>> GetEnginesAsync(CancellationToken cancellationToken)
    {
        List<EngineStatus> engines =
        [
            new(Rules, "Rules (built in: English questions that name columns)", Ready: true),
            .. services.Planners.Select(p => p.Engine.Status),
        ];
        return ValueTask.FromResult<IReadOnlyList<EngineStatus>>(
            [.. engines.OrderBy(e => e.Id != services.Options.Value.DefaultEngine)]);
    }

    private string EngineOf(AnalysisInput request, string? apiKey)
    {
        if (request.Mode == AnalysisMode.Execute)
            return ExecuteRun.Engine;
        var id = request.Mode == AnalysisMode.Search ? Rules : request.Engine ?? services.Options.Value.DefaultEngine;
        if (id == Rules)
            return Rules;
        if (services.Planners.FirstOrDefault(p => p.Engine.Id == id) is not { } planner)
        {
            throw new WorkloadException(
                "unknown_engine", $"'engine' is one of {Rules}, {string.Join(", ", services.Planners.Select(p => p.Engine.Id))}.")
            {
                Property = "engine",
            };
        }

        return planner.Engine.Missing(request.Model, apiKey) is { } missing
            ? throw new WorkloadException("engine_unavailable", $"The engine '{id}' is not ready. {missing}") { Property = "engine" }
            : id;
    }

    private static string Title(AnalysisInput request)
    {
        var title = request.Mode switch
        {
            AnalysisMode.Search => $"Search: {request.Question}",
            AnalysisMode.Execute => QueryExecution.OneLine(request.Question),
            _ => request.Question,
        };
        return title.Length <= 80 ? title : $"{title[..79]}…";
    }
}
