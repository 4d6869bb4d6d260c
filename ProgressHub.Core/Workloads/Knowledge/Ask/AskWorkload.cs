using System.Text.Json;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads.Inference;
using ProgressHub.Core.Workloads.Knowledge.Retrieval;

namespace ProgressHub.Core.Workloads.Knowledge.Ask;

/// <summary>Answers a question from a collection of documents.</summary>
internal sealed class AskWorkload(
    KnowledgeLibrary library, Retriever retriever, IEnumerable<IAnswerer> answerers, TransientRetry retry,
    IOptions<KnowledgeOptions> options) : IWorkload
{
    public const string Kind = "ask";
    private const int LongestTitle = 80;

    private static readonly StagePlan Stages = new(
        new Stage("processing", "Processing", 0.15),
        new Stage("analyzing_rag", "Retrieving", 0.35) { Expected = TimeSpan.FromSeconds(3) },
        new Stage("generating_llm", "Answering", 0.45) { Expected = TimeSpan.FromSeconds(15) },
        new Stage("completed", "Completing", 0.05));

    private readonly IReadOnlyList<IAnswerer> _answerers =
        [.. answerers.OrderBy(answerer => answerer.Id != options.Value.DefaultEngine)];

    public WorkloadDescriptor Descriptor { get; } = new()
    {
        Kind = Kind,
        Label = "Question over documents",
        Description = "Finds the passages of a collection that fit a question, and answers from them with citations.",
        InputSchema = AskSchema.Input,
        Stages = Stages,
        SecretInputs = [InputReading.ApiKeyProperty],
        ResultForms = AnswerForms.All,

        // Each call has been tried again for a while before a whole attempt fails.
        MaxAttempts = 2,
    };

    public ValueTask<WorkloadPlan> PlanAsync(JsonElement input, CancellationToken cancellationToken)
    {
        var request = AskInput.Parse(input);
        var engine = Engine(request, InputReading.ReadApiKey(input));
        return ValueTask.FromResult(new WorkloadPlan(Stages, engine.Id, Title(request.Question)));
    }

    public async ValueTask<WorkloadPlan> PlanAsync(JsonElement input, string owner, CancellationToken cancellationToken)
    {
        var plan = await PlanAsync(input, cancellationToken).ConfigureAwait(false);
        return await library.FindAsync(owner, AskInput.Parse(input).Collection, cancellationToken).ConfigureAwait(false) is null
            ? throw UnknownCollection.Refusal()
            : plan;
    }

    public async Task<WorkloadOutcome> RunAsync(WorkloadContext context)
    {
        var request = AskInput.Parse(context.Input);
        var engine = Engine(request, context.Secret(InputReading.ApiKeyProperty));
        try
        {
            var run = new AskRun(context, request, library, retriever, engine, retry);
            return new WorkloadOutcome(await run.RunAsync().ConfigureAwait(false));
        }
        catch (StorageUnavailableException exception)
        {
            throw new WorkloadException("storage_unavailable", exception.Message, exception) { IsTransient = true };
        }
    }

    /// <summary>The answer as far as it is written.</summary>
    public ResultDocument? Assemble(JsonElement input, IReadOnlyDictionary<int, PartialResult> partials)
    {
        if (partials.GetValueOrDefault(0)?.Data?.Deserialize(KnowledgeJson.Default.FoundPassages) is not { } found)
            return null;
        var request = AskInput.Parse(input);
        var text = string.Concat(partials.Where(p => p.Key >= AnswerWriter.FirstPiece).OrderBy(p => p.Key).Select(p => p.Value.Text));
        return AnswerForms.Json(new AskResult(
            request.Question, text, new AskPhrases(request.Language).Code, request.Engine ?? _answerers[0].Id,
            found.Citations.Count > 0, found.Confidence, found.Citations));
    }

    public ResultDocument Render(ResultDocument result, ResultForm form) =>
        form.Name == "markdown" ? AnswerForms.Markdown(result) : result;

    public ValueTask<IReadOnlyList<EngineStatus>> GetEnginesAsync(CancellationToken cancellationToken) =>
        new([.. _answerers.Select(answerer => answerer.Status)]);

    private IAnswerer Engine(AskInput request, string? apiKey)
    {
        var engine = request.Engine is null
            ? _answerers[0]
            : _answerers.FirstOrDefault(answerer => answerer.Id == request.Engine) ?? throw new WorkloadException(
                "unknown_engine", $"'engine' is one of {string.Join(", ", _answerers.Select(answerer => answerer.Id))}.")
            {
                Property = "engine",
            };
        return engine.Missing(request.Model, apiKey) is { } missing
            ? throw new WorkloadException("engine_unavailable", $"The engine '{engine.Id}' is not ready. {missing}") { Property = "engine" }
            : engine;
    }

    private static string Title(string question)
    {
        var line = string.Join(' ', question.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= LongestTitle)
            return line;
        return $"{line[..(char.IsHighSurrogate(line[LongestTitle - 2]) ? LongestTitle - 2 : LongestTitle - 1)]}…";
    }
}
