using System.Collections.Concurrent;
using ProgressHub.Core.Workloads.Knowledge.Retrieval;

namespace ProgressHub.Core.Workloads.Knowledge.Vectors;

/// <summary>
/// Vectors on a Qdrant server. All collections of one number of dimensions share one of Qdrant's and are told apart by an
/// indexed field, as its documentation advises for many tenants; every request carries that filter.
/// </summary>
internal sealed class QdrantVectorStore(QdrantOptions options, QdrantClient client) : IVectorStore, IDisposable
{
    private const string TenantField = "collection";
    private const int PointsAtOnce = 256;
    private const int IdsAtOnce = 1000;
    private readonly ConcurrentDictionary<int, bool> _made = [];

    public string Id => "qdrant";

    public async Task UpsertAsync(VectorSpace space, IReadOnlyList<VectorPoint> points, CancellationToken cancellationToken)
    {
        foreach (var point in points)
            space.Require(point.Vector.Length);
        await MakeAsync(space, cancellationToken).ConfigureAwait(false);
        var payload = new QdrantPayload(space.Collection);
        foreach (var some in points.Chunk(PointsAtOnce))
        {
            await client.SendAsync(
                HttpMethod.Put, $"collections/{NameOf(space)}/points?wait=true",
                new QdrantUpsert([.. some.Select(p => new QdrantPoint(p.Id, p.Vector, payload))]),
                QdrantJson.Default.QdrantUpsert, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task DeleteAsync(VectorSpace space, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        if (!await ExistsAsync(space, cancellationToken).ConfigureAwait(false))
            return;
        foreach (var some in ids.Chunk(IdsAtOnce))
            await DeleteAsync(space, Own(space, some), cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<Scored>> SearchAsync(
        VectorSpace space, ReadOnlyMemory<float> query, int limit, CancellationToken cancellationToken)
    {
        space.Require(query.Length);
        if (limit <= 0 || !await ExistsAsync(space, cancellationToken).ConfigureAwait(false))
            return [];
        var found = await client.PostAsync(
            $"collections/{NameOf(space)}/points/query", new QdrantQuery(query.ToArray(), Own(space), limit),
            QdrantJson.Default.QdrantQuery, QdrantJson.Default.QdrantAnswerQdrantHits, cancellationToken).ConfigureAwait(false);
        return [.. found.Points.Select(hit => new Scored(hit.Id, hit.Score))];
    }

    public async Task<IReadOnlySet<long>> ReadIdsAsync(VectorSpace space, CancellationToken cancellationToken)
    {
        var ids = new HashSet<long>();
        if (!await ExistsAsync(space, cancellationToken).ConfigureAwait(false))
            return ids;
        long? offset = null;
        do
        {
            var page = await client.PostAsync(
                $"collections/{NameOf(space)}/points/scroll", new QdrantScroll(Own(space), IdsAtOnce, offset),
                QdrantJson.Default.QdrantScroll, QdrantJson.Default.QdrantAnswerQdrantPage, cancellationToken).ConfigureAwait(false);
            ids.UnionWith(page.Points.Select(p => p.Id));
            offset = page.NextPageOffset;
        }
        while (offset is not null);
        return ids;
    }

    public async Task DropAsync(VectorSpace space, CancellationToken cancellationToken)
    {
        if (await ExistsAsync(space, cancellationToken).ConfigureAwait(false))
            await DeleteAsync(space, Own(space), cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => client.Dispose();

    private Task<bool> DeleteAsync(VectorSpace space, QdrantFilter filter, CancellationToken cancellationToken) => client.SendAsync(
        HttpMethod.Post, $"collections/{NameOf(space)}/points/delete?wait=true", new QdrantDelete(filter),
        QdrantJson.Default.QdrantDelete, cancellationToken);

    private async Task MakeAsync(VectorSpace space, CancellationToken cancellationToken)
    {
        if (await ExistsAsync(space, cancellationToken).ConfigureAwait(false))
            return;

        // Another server may be quicker: then it is there, which is all that is asked for.
        await client.SendAsync(
            HttpMethod.Put, $"collections/{NameOf(space)}", new QdrantCreate(new QdrantVectorParameters(space.Dimensions, "Cosine")),
            QdrantJson.Default.QdrantCreate, cancellationToken).ConfigureAwait(false);
        await client.SendAsync(
            HttpMethod.Put, $"collections/{NameOf(space)}/index?wait=true", new QdrantFieldIndex(TenantField, "keyword"),
            QdrantJson.Default.QdrantFieldIndex, cancellationToken).ConfigureAwait(false);
        _made[space.Dimensions] = true;
    }

    private async Task<bool> ExistsAsync(VectorSpace space, CancellationToken cancellationToken)
    {
        if (_made.ContainsKey(space.Dimensions))
            return true;
        var answer = await client.GetAsync(
            $"collections/{NameOf(space)}/exists", QdrantJson.Default.QdrantAnswerQdrantExists, cancellationToken).ConfigureAwait(false);
        if (answer.Exists)
            _made[space.Dimensions] = true;
        return answer.Exists;
    }

    private static QdrantFilter Own(VectorSpace space, long[]? ids = null)
    {
        var own = new QdrantCondition(TenantField, new QdrantMatch(space.Collection));
        return new QdrantFilter(ids is null ? [own] : [own, new QdrantCondition(HasId: ids)]);
    }

    private string NameOf(VectorSpace space) => Uri.EscapeDataString($"{options.CollectionPrefix}{space.Dimensions}");
}
