using System.Runtime.InteropServices;
using ProgressHub.Core.Sql;
using ProgressHub.Workloads.Knowledge.Indexing;

namespace ProgressHub.Workloads.Knowledge.Vectors;

/// <summary>
/// Vectors in the database of all nodes. Each node compares them in files of its own, which hold what it has been asked for and
/// nothing that is not in the database too: a space is brought up to date when its ids are read, and by
/// <see cref="RefreshAsync"/>. Vectors of an id never change within a space that is searched, so that ids tell what is missing.
/// </summary>
internal sealed class SharedVectorStore(ISqlDatabase database, EmbeddedVectorStore cache) : IVectorStore, IDisposable
{
    private const int VectorsAtOnce = 512;

    public string Id => "postgres";

    public async Task UpsertAsync(VectorSpace space, IReadOnlyList<VectorPoint> points, CancellationToken cancellationToken)
    {
        foreach (var point in points)
            space.Require(point.Vector.Length);
        foreach (var some in points.Chunk(VectorsAtOnce))
        {
            var (ids, rows) = (some.Select(p => p.Id).ToArray(), some.Select(p => MemoryMarshal.AsBytes(p.Vector.AsSpan()).ToArray()).ToArray());
            await database.AddAsync(
                sql => sql.Execute(
                    """
                    INSERT INTO vectors (space, id, vector) SELECT @space, id, vector FROM unnest(@ids, @rows) AS made (id, vector)
                    ON CONFLICT (space, id) DO UPDATE SET vector = excluded.vector
                    """,
                    new { space = space.Key, ids, rows }),
                cancellationToken);
        }

        await cache.UpsertAsync(space, points, cancellationToken);
    }

    public async Task DeleteAsync(VectorSpace space, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
            return;
        await database.WriteAsync(
            sql => sql.Execute("DELETE FROM vectors WHERE space = @space AND id = ANY(@ids)", new { space = space.Key, ids = ids.ToArray() }),
            cancellationToken);
        await cache.DeleteAsync(space, ids, cancellationToken);
    }

    public Task<IReadOnlyList<Scored>> SearchAsync(
        VectorSpace space, ReadOnlyMemory<float> query, int limit, IReadOnlySet<long>? within, CancellationToken cancellationToken) =>
        cache.SearchAsync(space, query, limit, within, cancellationToken);

    public async Task<IReadOnlySet<long>> ReadIdsAsync(VectorSpace space, CancellationToken cancellationToken)
    {
        // First what is here: what is kept meanwhile is then taken over once more, and never forgotten.
        var here = await cache.ReadIdsAsync(space, cancellationToken);
        var there = await database.ReadAsync(
            sql => sql.Query<long>("SELECT id FROM vectors WHERE space = @space", new { space = space.Key }).ToHashSet(), cancellationToken);
        await cache.DeleteAsync(space, [.. here.Where(id => !there.Contains(id))], cancellationToken);
        foreach (var ids in there.Where(id => !here.Contains(id)).Chunk(VectorsAtOnce))
            await cache.UpsertAsync(space, await ReadAsync(space, ids, cancellationToken), cancellationToken);
        return there;
    }

    public Task RefreshAsync(VectorSpace space, CancellationToken cancellationToken) => ReadIdsAsync(space, cancellationToken);

    public async Task DropAsync(VectorSpace space, CancellationToken cancellationToken)
    {
        await database.WriteAsync(sql => sql.Execute("DELETE FROM vectors WHERE space = @space", new { space = space.Key }), cancellationToken);
        await cache.DropAsync(space, cancellationToken);
    }

    public void Dispose() => cache.Dispose();

    private Task<VectorPoint[]> ReadAsync(VectorSpace space, long[] ids, CancellationToken cancellationToken) => database.ReadAsync(
        sql => sql.Query<(long Id, byte[] Vector)>(
            "SELECT id, vector FROM vectors WHERE space = @space AND id = ANY(@ids)", new { space = space.Key, ids })
            .Select(row => new VectorPoint(row.Id, MemoryMarshal.Cast<byte, float>(row.Vector).ToArray())).ToArray(),
        cancellationToken);
}
