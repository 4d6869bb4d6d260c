using System.Text.Json;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads.Inference;
using ProgressHub.Core.Workloads.Knowledge.Collections;
using ProgressHub.Core.Workloads.Knowledge.Embedding;

namespace ProgressHub.Core.Workloads.Knowledge.Ingest;

/// <summary>Takes documents into a collection.</summary>
internal sealed class IngestWorkload(
    KnowledgeLibrary library, KnowledgeDatabase database, OpenCollections open, Embedders embedders, TransientRetry retry,
    IOptions<KnowledgeOptions> options) : IWorkload
{
    public const string Kind = "ingest";

    private static readonly StagePlan Stages = new(
        new Stage("reading", "Reading", 0.10),
        new Stage("chunking", "Chunking", 0.05),
        new Stage("embedding", "Embedding", 0.80),
        new Stage("indexing", "Indexing", 0.05));

    public WorkloadDescriptor Descriptor { get; } = new()
    {
        Kind = Kind,
        Label = "Documents for a collection",
        Description = "Reads documents, cuts them into passages and makes them found; unchanged ones are passed over.",
        InputSchema = IngestSchema.Input,
        Stages = Stages,
        SecretInputs = [InputReading.ApiKeyProperty],
        FileInput = IngestInput.FilesProperty,
        MaxFiles = IngestInput.MaxFiles,
    };

    public ValueTask<WorkloadPlan> PlanAsync(JsonElement input, CancellationToken cancellationToken)
    {
        var request = IngestInput.Parse(input, options.Value.MaxDocuments);
        _ = InputReading.ReadApiKey(input);
        var (count, what) = (request.Files.Count, request.Documents.Count) switch
        {
            (0, var documents) => (documents, "document"),
            (var files, 0) => (files, "file"),
            var (files, documents) => (files + documents, "file and document"),
        };
        return ValueTask.FromResult(new WorkloadPlan(Stages, null, $"{count} {what}{(count == 1 ? "" : "s")} into a collection"));
    }

    public async ValueTask<WorkloadPlan> PlanAsync(JsonElement input, string owner, CancellationToken cancellationToken)
    {
        var plan = await PlanAsync(input, cancellationToken).ConfigureAwait(false);
        var collection = IngestInput.Parse(input, options.Value.MaxDocuments).Collection;
        var row = await library.FindOwnAsync(owner, collection, cancellationToken).ConfigureAwait(false) ?? throw UnknownCollection.Refusal();
        return plan with
        {
            Engine = embedders.Of(row.Embedding).Id,
            Tags = [KnowledgeLibrary.TagOf(row.Id)],
            SuggestedTitle = plan.SuggestedTitle.Replace("a collection", row.Name, StringComparison.Ordinal),
        };
    }

    public async Task<WorkloadOutcome> RunAsync(WorkloadContext context)
    {
        var request = IngestInput.Parse(context.Input, options.Value.MaxDocuments);
        try
        {
            var row = await library.FindOwnAsync(context.Owner, request.Collection, context.CancellationToken).ConfigureAwait(false)
                ?? throw UnknownCollection.Refusal();
            var run = new IngestRun(context, request, row, database, open, embedders.Of(row.Embedding), retry, options.Value);
            var result = await run.RunAsync().ConfigureAwait(false);
            return new WorkloadOutcome(Document(result), result.Failed);
        }
        catch (StorageUnavailableException exception)
        {
            throw new WorkloadException("storage_unavailable", exception.Message, exception) { IsTransient = true };
        }
    }

    public ResultDocument? Assemble(JsonElement input, IReadOnlyDictionary<int, PartialResult> partials) => partials.Count == 0
        ? null
        : Document(IngestResult.Of(
            IngestInput.Parse(input, options.Value.MaxDocuments).Collection,
            [.. partials.OrderBy(p => p.Key).Select(p => IngestRun.Read(p.Value)).OfType<IngestedDocument>()]));

    public ValueTask<IReadOnlyList<EngineStatus>> GetEnginesAsync(CancellationToken cancellationToken) =>
        new([.. embedders.Statuses.OrderBy(s => s.Id != options.Value.DefaultEmbedding)]);

    private static ResultDocument Document(IngestResult result) => new(
        "application/json; charset=utf-8", "ingest.json",
        JsonSerializer.SerializeToUtf8Bytes(result, KnowledgeJson.Readable.IngestResult));
}
