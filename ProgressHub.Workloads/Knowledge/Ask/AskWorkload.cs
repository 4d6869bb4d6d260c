using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference;

namespace ProgressHub.Workloads.Knowledge.Ask;

/// <summary>Answers a question from a collection of documents.</summary>
internal sealed class AskWorkload(
    KnowledgeLibrary library, IEnumerable<IAnswerer> answerers, TransientRetry retry,
    IOptions<KnowledgeOptions> options) : Workload<AskInput>
{
    public const string Name = "ask";
    private const int LongestTitle = 80;

    private static readonly StagePlan Quoting = PlanOf(null);
    private static readonly StagePlan Writing = PlanOf(EngineInput.ModelResource);

    private readonly EngineChoice<IAnswerer> _answerers = new(answerers, answerer => answerer.Id, options.Value.DefaultEngine);

    public override string Kind => Name;

    public override string Label => "Question over documents";

    public override string Description => "Finds the passages of a collection that fit a question, and answers from them with citations.";

    public override StagePlan Stages => Quoting;

    public override async ValueTask<WorkloadPlan> PlanAsync(AskInput input, string owner, CancellationToken cancellationToken)
    {
        var engine = _answerers.Get(input.Engine);
        if (engine.Missing(input.Model, input.ApiKey) is { } missing)
            throw EngineRefusal.Unavailable("engine", engine.Id, missing);
        return await library.FindAsync(owner, input.Collection, cancellationToken) is null
            ? throw UnknownCollection.Refusal()
            : new WorkloadPlan(PlanFor(engine.Id), engine.Id, Title(input.Question)) { CallsModels = EngineInput.CallsModels(engine.Id) };
    }

    public override async Task<WorkloadOutcome> RunAsync(AskInput input, WorkloadContext context)
    {
        try
        {
            var run = new AskRun(context, input, library, _answerers.Get(input.Engine), retry);
            return await run.RunAsync();
        }
        catch (StorageUnavailableException exception)
        {
            throw new WorkloadException("storage_unavailable", exception.Message, exception) { IsTransient = true };
        }
    }

    /// <summary>The stages of a question that an engine answers.</summary>
    internal static StagePlan PlanFor(string engine) => engine == ExtractiveAnswerer.Name ? Quoting : Writing;

    /// <summary>The answer as far as it is written.</summary>
    public override ResultDocument? Assemble(AskInput input, IReadOnlyDictionary<int, PartialResult> partials)
    {
        if (partials.GetValueOrDefault(0)?.Data?.Deserialize(KnowledgeJson.Default.FoundPassages) is not { } found)
            return null;
        var text = string.Concat(partials.Where(p => p.Key >= AnswerWriter.FirstPiece).OrderBy(p => p.Key).Select(p => p.Value.Text));
        return AnswerForms.Json(new AskResult(
            input.Question, text, new AskPhrases(input.Language).Code, input.Engine ?? _answerers.Default.Id,
            found.Citations.Count > 0, found.Confidence, found.Citations));
    }

    public override ResultDocument Render(ResultDocument result, ResultForm form) =>
        form.Name == "markdown" ? AnswerForms.Markdown(result) : result;

    public override ValueTask<IReadOnlyList<EngineStatus>> GetEnginesAsync(CancellationToken cancellationToken) =>
        new([.. _answerers.All.Select(answerer => answerer.Status)]);

    protected override AskInput Check(AskInput input) => input.Checked();

    protected override WorkloadDescriptor Describe(WorkloadDescriptor inferred) => inferred with
    {
        ResultForms = AnswerForms.All,

        // Each call has been tried again for a while before a whole attempt fails.
        MaxAttempts = 2,
    };

    protected override void ShapeSchema(JsonObject schema)
    {
        AskInput.Shape(schema);
        _answerers.NameIn(schema);
    }

    private static StagePlan PlanOf(string? answering) => new(
        new Stage("processing", "Processing", 0.15) { Expected = TimeSpan.FromMilliseconds(50) },
        new Stage("analyzing_rag", "Retrieving", 0.35) { Expected = TimeSpan.FromSeconds(3) },
        new Stage(AnswerPace.Stage, "Answering", 0.45) { Expected = TimeSpan.FromSeconds(15), Resource = answering },
        new Stage("completed", "Completing", 0.05) { Expected = TimeSpan.FromMilliseconds(50) });

    private static string Title(string question)
    {
        var line = string.Join(' ', question.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= LongestTitle)
            return line;
        return $"{line[..(char.IsHighSurrogate(line[LongestTitle - 2]) ? LongestTitle - 2 : LongestTitle - 1)]}…";
    }
}
