using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Knowledge.Vectors;

namespace ProgressHub.Tests.Workloads.Knowledge.Vectors;

/// <summary>What every vector store does.</summary>
public abstract class VectorStoreContract : IAsyncLifetime
{
    private protected static readonly VectorSpace Space = new("papers", 4);

    private protected IVectorStore Store { get; private set; } = null!;

    public async Task InitializeAsync() => Store = await OpenAsync();

    public Task DisposeAsync() => CloseAsync();

    [Fact]
    public async Task The_nearest_come_first_with_their_cosine()
    {
        await Store.UpsertAsync(Space, [Point(1, 1, 0, 0, 0), Point(2, 0.8f, 0.6f, 0, 0), Point(3, 0, 0, 1, 0), Point(4, -1, 0, 0, 0)], default);

        var found = await Store.SearchAsync(Space, Vector(1, 0, 0, 0), 3, null, default);

        Assert.Equal([1, 2, 3], found.Select(f => f.Id));
        Assert.Equal([1, 0.8, 0], found.Select(f => Math.Round(f.Score, 5)));
    }

    [Fact]
    public async Task A_vector_of_the_same_id_takes_the_place_of_the_one_before()
    {
        await Store.UpsertAsync(Space, [Point(1, 1, 0, 0, 0), Point(2, 0, 1, 0, 0)], default);
        await Store.UpsertAsync(Space, [Point(1, 0, 0, 0, 1)], default);

        var found = await Store.SearchAsync(Space, Vector(0, 0, 0, 1), 10, null, default);

        Assert.Equal((1, 1), (found[0].Id, Math.Round(found[0].Score, 5)));
        Assert.Equal(2, found.Count);
    }

    [Fact]
    public async Task What_is_deleted_is_found_no_more_and_deleting_it_again_is_no_error()
    {
        await Store.UpsertAsync(Space, [Point(1, 1, 0, 0, 0), Point(2, 0, 1, 0, 0)], default);

        await Store.DeleteAsync(Space, [1, 99], default);
        await Store.DeleteAsync(Space, [1], default);

        Assert.Equal([2], (await Store.SearchAsync(Space, Vector(1, 0, 0, 0), 10, null, default)).Select(f => f.Id));
        Assert.Equal([2], await Store.ReadIdsAsync(Space, default));
    }

    [Fact]
    public async Task Collections_do_not_see_each_other()
    {
        var other = new VectorSpace("others", 4);
        await Store.UpsertAsync(Space, [Point(1, 1, 0, 0, 0)], default);
        await Store.UpsertAsync(other, [Point(2, 1, 0, 0, 0)], default);

        Assert.Equal([1], (await Store.SearchAsync(Space, Vector(1, 0, 0, 0), 10, null, default)).Select(f => f.Id));
        await Store.DeleteAsync(Space, [2], default);
        await Store.DropAsync(Space, default);
        Assert.Empty(await Store.ReadIdsAsync(Space, default));
        Assert.Equal([2], await Store.ReadIdsAsync(other, default));
    }

    [Fact]
    public async Task A_space_that_was_never_written_is_empty()
    {
        Assert.Empty(await Store.SearchAsync(Space, Vector(1, 0, 0, 0), 10, null, default));
        Assert.Empty(await Store.ReadIdsAsync(Space, default));
        await Store.DeleteAsync(Space, [1], default);
        await Store.DropAsync(Space, default);
    }

    [Fact]
    public async Task A_vector_of_another_length_is_refused_in_words()
    {
        await Store.UpsertAsync(Space, [Point(1, 1, 0, 0, 0)], default);

        var write = await Assert.ThrowsAsync<WorkloadException>(() => Store.UpsertAsync(Space, [Point(2, 1, 0)], default));
        var read = await Assert.ThrowsAsync<WorkloadException>(() => Store.SearchAsync(Space, Vector(1, 0, 0), 1, null, default));

        Assert.Equal("dimension_mismatch", write.Code);
        Assert.Equal("dimension_mismatch", read.Code);
        Assert.Equal([1], await Store.ReadIdsAsync(Space, default));
    }

    [Fact]
    public async Task Many_vectors_are_ranked_as_a_loop_over_all_of_them_would()
    {
        var space = new VectorSpace("many", 16);
        var random = new Random(11);
        var points = Enumerable.Range(1, 5000).Select(id => new VectorPoint(id, RandomVector(random, 16))).ToList();
        await Store.UpsertAsync(space, points, default);
        await Store.DeleteAsync(space, [.. points.Where(p => p.Id % 3 == 0).Select(p => p.Id)], default);
        var query = RandomVector(random, 16);

        var found = await Store.SearchAsync(space, query, 20, null, default);

        var expected = points.Where(p => p.Id % 3 != 0).OrderByDescending(p => p.Vector.Zip(query, (a, b) => (double)a * b).Sum()).Take(20);
        Assert.Equal(expected.Select(p => p.Id), found.Select(f => f.Id));
    }

    [Fact]
    public async Task Those_that_count_are_found_however_many_others_are_nearer()
    {
        await Store.UpsertAsync(Space, [.. Enumerable.Range(1, 300).Select(id => Point(id, id > 297 ? [0.6f, 0.8f, 0, 0] : [1, 0, 0, 0]))], default);

        var found = await Store.SearchAsync(Space, Vector(1, 0, 0, 0), 50, new HashSet<long> { 298, 300, 999 }, default);

        Assert.Equal([298, 300], found.Select(f => f.Id));
        Assert.Empty(await Store.SearchAsync(Space, Vector(1, 0, 0, 0), 50, new HashSet<long>(), default));
    }

    [Fact]
    public async Task Writing_and_searching_at_once_finds_whole_vectors()
    {
        await Store.UpsertAsync(Space, [Point(1, 1, 0, 0, 0)], default);
        var writing = Task.Run(async () =>
        {
            for (var id = 2; id <= 60; id++)
                await Store.UpsertAsync(Space, [Point(id, 0, 1, 0, 0)], default);
        });

        while (!writing.IsCompleted)
            Assert.Equal(1, (await Store.SearchAsync(Space, Vector(1, 0, 0, 0), 1, null, default))[0].Id);
        await writing.Soon();

        Assert.Equal(60, (await Store.ReadIdsAsync(Space, default)).Count);
    }

    private protected abstract Task<IVectorStore> OpenAsync();

    private protected abstract Task CloseAsync();

    private protected static VectorPoint Point(long id, params float[] vector) => new(id, vector);

    private protected static float[] Vector(params float[] vector) => vector;

    private protected static float[] RandomVector(Random random, int dimensions)
    {
        var vector = Enumerable.Range(0, dimensions).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray();
        var norm = MathF.Sqrt(vector.Sum(v => v * v));
        return [.. vector.Select(v => v / norm)];
    }
}
