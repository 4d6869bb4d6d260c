using Microsoft.Extensions.Logging.Abstractions;
using ProgressHub.Core.Sql;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Knowledge.Collections;
using ProgressHub.Workloads.Knowledge.Vectors;

namespace ProgressHub.Tests.Workloads.Knowledge.Vectors;

[Collection(PostgresTests.Name)]
public sealed class SharedVectorStoreTests(PostgresServer postgres) : VectorStoreContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("progresshub-vectors-").FullName;
    private readonly SharedDatabase _shared = new(postgres.NewSchema());
    private readonly List<KnowledgeDatabase> _nodes = [];

    [Fact]
    public async Task What_one_node_keeps_and_forgets_another_finds_once_it_is_up_to_date()
    {
        using var other = Node("b");
        await Store.UpsertAsync(Space, [Point(1, 1, 0, 0, 0), Point(2, 0, 1, 0, 0)], default);
        Assert.Equal([1, 2], (await other.ReadIdsAsync(Space, default)).Order());
        Assert.Equal(2, (await other.SearchAsync(Space, Vector(0, 1, 0, 0), 1, null, default)).Single().Id);

        await other.DeleteAsync(Space, [2], default);
        await other.UpsertAsync(Space, [Point(3, 0, 0, 1, 0)], default);
        await Store.RefreshAsync(Space, default);

        Assert.Equal([1, 3], (await Store.SearchAsync(Space, Vector(1, 0, 0, 0), 5, null, default)).Select(f => f.Id).Order());
        await other.DropAsync(Space, default);
        Assert.Empty(await Store.ReadIdsAsync(Space, default));
        Assert.Empty(await Store.SearchAsync(Space, Vector(1, 0, 0, 0), 5, null, default));
    }

    private protected override Task<IVectorStore> OpenAsync() => Task.FromResult<IVectorStore>(Node("a"));

    private protected override async Task CloseAsync()
    {
        ((SharedVectorStore)Store).Dispose();
        foreach (var node in _nodes)
            await node.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private SharedVectorStore Node(string name)
    {
        var database = KnowledgeDatabase.Shared(_shared, TimeProvider.System, NullLogger<KnowledgeDatabase>.Instance)!;
        _nodes.Add(database);
        return new SharedVectorStore(
            database.Sql, new EmbeddedVectorStore(Path.Combine(_folder, name), NullLogger<EmbeddedVectorStore>.Instance));
    }
}
