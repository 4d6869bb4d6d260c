using System.Text.Json;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference;
using ProgressHub.Workloads.Knowledge.Collections;
using ProgressHub.Workloads.Knowledge.Embedding;

namespace ProgressHub.Workloads.Knowledge.Rebuild;

/// <summary>Makes a collection's vectors anew, by another embedder or a later version of it.</summary>
internal sealed class RebuildWorkload(
    KnowledgeLibrary library, CollectionWriters writers, Embedders embedders, TransientRetry retry, IOptions<KnowledgeOptions> options)
    : Workload<RebuildInput>
{
    public const string Name = "rebuild";

    private static readonly StagePlan Plan = new(
        new Stage("embedding", "Embedding", 0.97),
        new Stage("switching", "Switching", 0.03));

    public override string Kind => Name;

    public override string Label => "New vectors for a collection";

    public override string Description => "Makes the vectors of all passages anew; the old ones serve until then.";

    public override StagePlan Stages => Plan;

    public override async ValueTask<WorkloadPlan> PlanAsync(RebuildInput input, string owner, CancellationToken cancellationToken)
    {
        var row = await library.FindOwnAsync(owner, input.Collection, cancellationToken) ?? throw UnknownCollection.Refusal();
        var embedder = Embedder(input);
        if (row.Embedding == embedder.Id)
            throw new WorkloadException("collection_up_to_date", $"The collection's vectors are made by {embedder.Id} already.") { Property = "embedding" };
        return new WorkloadPlan(Stages, embedder.Id, $"New vectors for {row.Name}") { Tags = [KnowledgeLibrary.TagOf(row.Id)] };
    }

    public override async Task<WorkloadOutcome> RunAsync(RebuildInput input, WorkloadContext context)
    {
        try
        {
            var embedder = Embedder(input);
            var row = await FindAsync(input, context);

            // An attempt before this one, or another job, may have done it.
            var passages = row.Embedding == embedder.Id
                ? (await library.FindAsync(context.Owner, row.Id, context.CancellationToken))?.Passages ?? 0
                : await RebuildAsync(input, context, row, embedder);
            return new WorkloadOutcome(new ResultDocument(
                "application/json; charset=utf-8", "rebuild.json",
                JsonSerializer.SerializeToUtf8Bytes(
                    new RebuildResult(row.Id, embedder.Id, passages), KnowledgeJson.Readable.RebuildResult)));
        }
        catch (StorageUnavailableException exception)
        {
            throw new WorkloadException("storage_unavailable", exception.Message, exception) { IsTransient = true };
        }
    }

    public override ValueTask<IReadOnlyList<EngineStatus>> GetEnginesAsync(CancellationToken cancellationToken) =>
        new([.. embedders.Statuses.OrderBy(s => s.Id != options.Value.DefaultEmbedding)]);

    private async Task<long> RebuildAsync(RebuildInput input, WorkloadContext context, CollectionRecord row, IEmbedder embedder)
    {
        var rebuild = await writers.RebuildAsync(row, embedder.Id, context.CancellationToken);
        try
        {
            return await new RebuildRun(context, input, rebuild, embedder, retry).RunAsync();
        }
        catch (WorkloadException fault) when (fault.Code == "rebuild_superseded")
        {
            if ((await FindAsync(input, context)).Embedding != embedder.Id)
                throw;
            return await rebuild.CountAsync(context.CancellationToken);
        }
    }

    private async Task<CollectionRecord> FindAsync(RebuildInput input, WorkloadContext context) =>
        await library.FindOwnAsync(context.Owner, input.Collection, context.CancellationToken) ?? throw UnknownCollection.Refusal();

    private IEmbedder Embedder(RebuildInput input) => embedders.ForNew(input.Embedding ?? options.Value.DefaultEmbedding);
}
