using System.Text.Json.Nodes;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Analysis.Results;
using ProgressHub.Workloads.Analysis.Sessions;
using ProgressHub.Workloads.Inference;

namespace ProgressHub.Workloads.Analysis;

/// <summary>Answers questions over tables: a plan that is one query, shown and run in a sandbox.</summary>
internal sealed class AnalysisWorkload(AnalysisServices services) : Workload<AnalysisInput>
{
    public const string Rules = "rules";

    private readonly EngineChoice<string> _engines = new(
        [Rules, .. services.Planners.Select(p => p.Engine.Id)], id => id, services.Options.Value.DefaultEngine);

    public override string Kind => "analysis";

    public override string Label => "Question over a table";

    public override string Description => "Answers a question over a table (CSV, TSV, .xlsx or Parquet) with a query that is shown, a table, a chart and words.";

    public override StagePlan Stages => AnalysisStages.ToAnswer;

    public override async ValueTask<WorkloadPlan> PlanAsync(AnalysisInput input, string owner, CancellationToken cancellationToken)
    {
        var engine = EngineOf(input);
        if (services.Planners.FirstOrDefault(p => p.Engine.Id == engine)?.Engine.Missing(input.Model, input.ApiKey) is { } missing)
            throw EngineRefusal.Unavailable("engine", engine, missing);
        if (input.Session is { } id && await services.Sessions.FindRowAsync(owner, id, cancellationToken) is null)
            throw AnalysisInput.UnknownSession();
        return new WorkloadPlan(AnalysisStages.Of(input.Mode), engine, Title(input))
        {
            CallsModels = EngineInput.CallsModels(engine),
            Tags = input.Session is { } session ? [AnalysisSession.TagOf(session)] : [],
        };
    }

    public override async Task<WorkloadOutcome> RunAsync(AnalysisInput input, WorkloadContext context)
    {
        var engine = EngineOf(input);
        var result = await (input.Mode switch
        {
            AnalysisMode.Search => new SearchRun(context, services, input, engine).RunAsync(),
            AnalysisMode.Execute => new ExecuteRun(context, services, input).RunAsync(),
            _ => new AnalysisRun(context, services, input, engine).RunAsync(),
        });
        return new WorkloadOutcome(ResultRendering.Document(result)) { IsNoAnswer = !result.Understood };
    }

    public override ResultDocument? Assemble(AnalysisInput input, IReadOnlyDictionary<int, PartialResult> partials) => null;

    public override ResultDocument Render(ResultDocument result, ResultForm form) => ResultRendering.Render(result, form);

    public override ValueTask<IReadOnlyList<EngineStatus>> GetEnginesAsync(CancellationToken cancellationToken)
    {
        List<EngineStatus> engines =
        [
            new(Rules, "Rules (built in: English questions that name columns)", Ready: true),
            .. services.Planners.Select(p => p.Engine.Status),
        ];
        return ValueTask.FromResult<IReadOnlyList<EngineStatus>>([.. engines.OrderBy(e => e.Id != _engines.Default)]);
    }

    protected override AnalysisInput Check(AnalysisInput input) => input.Checked();

    protected override WorkloadDescriptor Describe(WorkloadDescriptor inferred) => inferred with
    {
        ResultForms = ResultRendering.Forms,
        Timeout = TimeSpan.FromHours(2),

        // Each call has been tried again for a while before a whole attempt fails.
        MaxAttempts = 2,

        // Each may take a few hundred megabytes for a moment; those that wait for a file or an answer do not count.
        MaxConcurrency = 4,
    };

    protected override void ShapeSchema(JsonObject schema)
    {
        AnalysisInput.Shape(schema);
        _engines.NameIn(schema);
    }

    private string EngineOf(AnalysisInput input) => input.Mode switch
    {
        AnalysisMode.Execute => ExecuteRun.Engine,
        AnalysisMode.Search => Rules,
        _ => _engines.Get(input.Engine),
    };

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
