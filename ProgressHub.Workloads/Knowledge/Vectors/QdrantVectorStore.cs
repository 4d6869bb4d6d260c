using System.Collections.Concurrent;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Knowledge.Indexing;
using Qdrant.Client.Grpc;

namespace ProgressHub.Workloads.Knowledge.Vectors;

/// <summary>
/// Vectors on a Qdrant server, one of its collections for each of ours. It is made with the first vector, and made again
/// where somebody has removed it meanwhile.
/// </summary>
internal sealed class QdrantVectorStore(QdrantOptions options, QdrantConnection qdrant) : IVectorStore, IDisposable
{
    private const int IdsAtOnce = 1000;
    private readonly QdrantSpaces _spaces = new(options, qdrant);
    private readonly ConcurrentDictionary<VectorSpace, string?> _ready = [];

    public string Id => "qdrant";

    public async Task UpsertAsync(VectorSpace space, IReadOnlyList<VectorPoint> points, CancellationToken cancellationToken)
    {
        foreach (var point in points)
            space.Require(point.Vector.Length);
        try
        {
            await WriteAsync(space, points, cancellationToken);
        }
        catch (WorkloadException fault) when (fault.Code == QdrantFault.Missing)
        {
            _ready.TryRemove(space, out _);
            await WriteAsync(space, points, cancellationToken);
        }
    }

    public Task DeleteAsync(VectorSpace space, IReadOnlyCollection<long> ids, CancellationToken cancellationToken) => UseAsync(
        space,
        async name =>
        {
            foreach (var some in ids.Chunk(IdsAtOnce))
            {
                ulong[] chosen = [.. some.Select(id => (ulong)id)];
                await qdrant.AskAsync((client, token) => client.DeleteAsync(name, chosen, cancellationToken: token), cancellationToken);
            }

            return true;
        },
        nothing: true, cancellationToken);

    public Task<IReadOnlyList<Scored>> SearchAsync(
        VectorSpace space, ReadOnlyMemory<float> query, int limit, IReadOnlySet<long>? within, CancellationToken cancellationToken)
    {
        space.Require(query.Length);
        return limit <= 0 || within is { Count: 0 } ? Task.FromResult<IReadOnlyList<Scored>>([]) : UseAsync<IReadOnlyList<Scored>>(
            space,
            async name =>
            {
                var found = await qdrant.AskAsync(
                    (client, token) => client.QueryAsync(
                        name, query.ToArray(), filter: FilterOf(within), limit: (ulong)limit, payloadSelector: false, vectorsSelector: false, cancellationToken: token),
                    cancellationToken);
                return [.. found.Select(hit => new Scored(IdOf(hit.Id), hit.Score))];
            },
            nothing: [], cancellationToken);
    }

    public Task<IReadOnlySet<long>> ReadIdsAsync(VectorSpace space, CancellationToken cancellationToken) => UseAsync<IReadOnlySet<long>>(
        space,
        async name =>
        {
            var ids = new HashSet<long>();
            PointId? next = null;
            do
            {
                var page = await qdrant.AskAsync(
                    (client, token) => client.ScrollAsync(
                        name, limit: IdsAtOnce, offset: next, payloadSelector: false, vectorsSelector: false, cancellationToken: token),
                    cancellationToken);
                ids.UnionWith(page.Result.Select(point => IdOf(point.Id)));
                next = page.NextPageOffset;
            }
            while (next is not null);
            return ids;
        },
        nothing: new HashSet<long>(), cancellationToken);

    public Task RefreshAsync(VectorSpace space, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task DropAsync(VectorSpace space, CancellationToken cancellationToken)
    {
        await UseAsync(
            space,
            async name =>
            {
                await qdrant.AskAsync((client, token) => client.DeleteCollectionAsync(name, cancellationToken: token), cancellationToken);
                return true;
            },
            nothing: true, cancellationToken);
        _ready.TryRemove(space, out _);
    }

    public void Dispose() => qdrant.Dispose();

    private async Task WriteAsync(VectorSpace space, IReadOnlyList<VectorPoint> points, CancellationToken cancellationToken)
    {
        // A model that is not known yet, or another one than before, is written down; a reader knows none.
        if (!_ready.TryGetValue(space, out var model) || (space.Model ?? model) != model)
        {
            await _spaces.MakeAsync(space, cancellationToken);
            _ready[space] = space.Model;
        }

        await _spaces.WriteAsync(space, [.. points.Select(p => new PointStruct { Id = (ulong)p.Id, Vectors = p.Vector })], cancellationToken);
    }

    /// <summary>Does something with a space that may not be there: then there is nothing to do it with.</summary>
    private async Task<T> UseAsync<T>(VectorSpace space, Func<string, Task<T>> use, T nothing, CancellationToken cancellationToken)
    {
        if (!_ready.ContainsKey(space))
        {
            if (!await _spaces.FindAsync(space, cancellationToken))
                return nothing;
            _ready.TryAdd(space, null);
        }

        try
        {
            return await use(_spaces.NameOf(space));
        }
        catch (WorkloadException fault) when (fault.Code == QdrantFault.Missing)
        {
            _ready.TryRemove(space, out _);
            return nothing;
        }
    }

    /// <summary>
    /// The server looks among these alone, however far down they stand among all. What is known of documents is not kept
    /// there: their ids say the same, and vectors of earlier releases need nothing added.
    /// </summary>
    private static Filter? FilterOf(IReadOnlySet<long>? within) =>
        within is null ? null : new Filter { Must = { Conditions.HasId([.. within.Select(id => (ulong)id)]) } };

    private static long IdOf(PointId? id) => id is { HasNum: true } ? (long)id.Num : throw QdrantFault.Unreadable("a point has an id that is not ours");
}
