using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Knowledge.Vectors;

namespace ProgressHub.Workloads.Knowledge.Collections;

/// <summary>
/// New vectors of a collection, beside those it is searched by. What is kept is durable: a later attempt goes on with it.
/// </summary>
internal sealed class CollectionRebuild(RebuildRecord next, KnowledgeDatabase database, IVectorStore vectors, OpenCollections open)
{
    private long? _dimensions = next.Dimensions;

    /// <summary>The passages that have a new vector already.</summary>
    public async Task<IReadOnlySet<long>> ReadMadeAsync(CancellationToken cancellationToken) => _dimensions is { } dimensions
        ? await vectors.ReadIdsAsync(CollectionRecord.SpaceOf(next.Collection, next.Generation, dimensions), cancellationToken)
        : new HashSet<long>();

    /// <summary>A page of the collection's passages, by id; what is taken in meanwhile comes at the end.</summary>
    public Task<IReadOnlyList<Passage>> ListPassagesAsync(long after, int limit, CancellationToken cancellationToken) =>
        database.Documents.ListPassagesAsync(next.Collection, after, limit, cancellationToken);

    /// <summary>How many passages there are now.</summary>
    public async Task<long> CountAsync(CancellationToken cancellationToken) =>
        (await database.Collections.CountAsync(next.Collection, cancellationToken)).Passages;

    /// <summary>Keeps new vectors.</summary>
    /// <exception cref="WorkloadException"><c>rebuild_superseded</c>: they are not wanted any more.</exception>
    public async Task KeepAsync(IReadOnlyList<Passage> passages, IReadOnlyList<float[]> made, CancellationToken cancellationToken)
    {
        var dimensions = made[0].Length;
        if (!await database.Rebuilds.SettleAsync(next, dimensions, cancellationToken))
            throw OpenCollections.Superseded();
        _dimensions = dimensions;
        await vectors.UpsertAsync(
            CollectionRecord.SpaceOf(next.Collection, next.Generation, dimensions) with { Model = next.Embedding },
            [.. passages.Zip(made, (passage, vector) => new VectorPoint(passage.Id, vector))], CancellationToken.None);
    }

    /// <inheritdoc cref="OpenCollections.SwapAsync"/>
    public Task<bool> FinishAsync(Func<CancellationToken, Task<bool>> finish, CancellationToken cancellationToken) =>
        open.SwapAsync(next, finish, cancellationToken);
}
