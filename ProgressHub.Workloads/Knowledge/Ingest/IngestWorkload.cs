using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference;
using ProgressHub.Workloads.Knowledge.Collections;
using ProgressHub.Workloads.Knowledge.Documents;
using ProgressHub.Workloads.Knowledge.Embedding;

namespace ProgressHub.Workloads.Knowledge.Ingest;

/// <summary>Takes documents into a collection.</summary>
internal sealed class IngestWorkload(
    KnowledgeLibrary library, CollectionWriters writers, DocumentFiles files, Embedders embedders, TransientRetry retry,
    IOptions<KnowledgeOptions> options) : Workload<IngestInput>
{
    private static readonly StagePlan Local = PlanOf(null);
    private static readonly StagePlan Remote = PlanOf(EngineInput.ModelResource);

    public override string Kind => "ingest";

    public override string Label => "Documents for a collection";

    public override string Description => "Reads documents, cuts them into passages and makes them found; unchanged ones are passed over.";

    public override StagePlan Stages => Local;

    public override async ValueTask<WorkloadPlan> PlanAsync(IngestInput input, string owner, CancellationToken cancellationToken)
    {
        var row = await library.FindOwnAsync(owner, input.Collection, cancellationToken) ?? throw UnknownCollection.Refusal();
        var (count, what) = (input.Files.Count, input.Documents.Count) switch
        {
            (0, var documents) => (documents, "document"),
            (var files, 0) => (files, "file"),
            var (files, documents) => (files + documents, "file and document"),
        };
        var embedder = embedders.Of(row.Embedding).Id;
        return new WorkloadPlan(
            PlanFor(embedder), embedder, $"{count} {what}{(count == 1 ? "" : "s")} into {row.Name}")
        {
            Tags = [KnowledgeLibrary.TagOf(row.Id)],
        };
    }

    public override async Task<WorkloadOutcome> RunAsync(IngestInput input, WorkloadContext context)
    {
        try
        {
            var row = await library.FindOwnAsync(context.Owner, input.Collection, context.CancellationToken)
                ?? throw UnknownCollection.Refusal();
            var run = new IngestRun(context, input, writers.Of(row), embedders.Of(row.Embedding), retry, options.Value);
            var result = await run.RunAsync(files);
            return new WorkloadOutcome(Document(result), result.Failed);
        }
        catch (StorageUnavailableException exception)
        {
            throw new WorkloadException("storage_unavailable", exception.Message, exception) { IsTransient = true };
        }
    }

    public override ResultDocument? Assemble(IngestInput input, IReadOnlyDictionary<int, PartialResult> partials) => partials.Count == 0
        ? null
        : Document(IngestResult.Of(
            input.Collection,
            [.. partials.OrderBy(p => p.Key).Select(p => IngestRun.Read(p.Value)).OfType<IngestedDocument>()]));

    public override ValueTask<IReadOnlyList<EngineStatus>> GetEnginesAsync(CancellationToken cancellationToken) =>
        new([.. embedders.Statuses.OrderBy(s => s.Id != options.Value.DefaultEmbedding)]);

    /// <summary>The stages of an ingest with an embedder.</summary>
    internal static StagePlan PlanFor(string embedder) => EngineInput.CallsModels(IngestForecast.EngineOf(embedder)) ? Remote : Local;

    protected override IngestInput Check(IngestInput input) => input.Checked(options.Value.MaxDocuments);

    protected override void ShapeSchema(JsonObject schema) => IngestInput.Shape(schema);

    private static StagePlan PlanOf(string? embedding) => new(
        new Stage("reading", "Reading", 0.10),
        new Stage("chunking", "Chunking", 0.05),
        new Stage("embedding", "Embedding", 0.80) { Resource = embedding },
        new Stage("indexing", "Indexing", 0.05));

    private static ResultDocument Document(IngestResult result) => new(
        "application/json; charset=utf-8", "ingest.json",
        JsonSerializer.SerializeToUtf8Bytes(result, KnowledgeJson.Readable.IngestResult));
}
