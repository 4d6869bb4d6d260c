using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Knowledge.Collections;

namespace ProgressHub.Tests.Workloads.Knowledge;

/// <summary>What every database of collections does.</summary>
public abstract class KnowledgeDatabaseContract : IAsyncLifetime
{
    private KnowledgeDatabase _database = null!;

    public Task InitializeAsync()
    {
        _database = Open();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        Close();
    }

    [Fact]
    public async Task A_collection_is_found_by_its_owner_alone_and_there_are_only_so_many()
    {
        var made = await AddAsync("c");
        await _database.Collections.SettleDimensionsAsync("c", 4, default);
        Assert.Equal(4, await _database.Collections.SettleDimensionsAsync("c", 5, default));

        Assert.Equal(made with { Dimensions = 4 }, await _database.Collections.FindAsync("ann", "c", default));
        Assert.Null(await _database.Collections.FindAsync("bob", "c", default));
        Assert.Equal("c", Assert.Single(await _database.Collections.ListAsync("ann", default)).Id);
        Assert.Null(await _database.Collections.AddAsync(New("d"), 1, default));
        Assert.Null(await _database.Collections.ReadAsync("d", default));
    }

    [Fact]
    public async Task Documents_take_the_place_of_those_of_their_id_and_each_change_is_counted()
    {
        var made = await AddAsync("c");
        Assert.Equal((1L, 3L), (await _database.Documents.ReserveIdsAsync(2, default), await _database.Documents.ReserveIdsAsync(5, default)));
        var first = await ReplaceAsync(made, Document("d", 1, 2), Document("e", 3));
        var second = await ReplaceAsync(made, Document("d", 4));

        Assert.Empty(first.Gone);
        Assert.Equal([1L, 2L], second.Gone.Order());
        Assert.Equal((1L, 2L), (first.Version, second.Version));
        Assert.Equal([3L, 4L], (await _database.Documents.ReadPassageIdsAsync("c", default)).Order());
        Assert.Equal(["text 3"], (await _database.Documents.ReadPassagesAsync("c", [3, 99], default)).Select(p => p.Text));
        Assert.Equal([3L, 4L], (await _database.Documents.ListPassagesAsync("c", 0, 10, default)).Select(p => p.Id));
        Assert.Equal(["d", "e"], (await _database.Documents.ListDocumentsAsync("c", "", 10, default)).Select(d => d.Id));
        var counts = await _database.Collections.CountAsync("c", default);
        Assert.Equal((2L, 2L), (counts.Documents, counts.Passages));
        Assert.Equal(["d", "e"], (await _database.Documents.ReadKeptAsync("c", default)).Keys.Order());
        Assert.Equal(1, await _database.Documents.ForgetHashesAsync([3], default));
        Assert.Equal("", (await _database.Documents.ReadKeptAsync("c", default))["e"].Hash);
        Assert.InRange(await _database.Collections.CountBytesAsync("ann", default), 20, 200);
    }

    [Fact]
    public async Task A_document_goes_with_its_passages_and_a_collection_with_all_it_has()
    {
        var made = await AddAsync("c");
        await ReplaceAsync(made, Document("d", 1), Document("e", 2));

        Assert.Equal([1L], (await _database.Documents.RemoveDocumentAsync("c", "d", default))!.Gone);
        Assert.Null(await _database.Documents.RemoveDocumentAsync("c", "d", default));
        Assert.Equal(2, (await _database.Collections.ReadAsync("c", default))!.Version);
        await _database.Collections.SettleDimensionsAsync("c", 4, default);
        Assert.True(await _database.Collections.RemoveAsync("c", default));

        Assert.Empty(await _database.Documents.ReadPassageIdsAsync("c", default));
        var retired = Assert.Single(await _database.Rebuilds.ListRetiredAsync("c", default));
        Assert.Equal((0L, 4L), (retired.Generation, retired.Dimensions));
        await _database.Rebuilds.ForgetRetiredAsync("c", retired, default);
        Assert.Empty(await _database.Rebuilds.ListRetiredAsync("c", default));
        var gone = await Assert.ThrowsAsync<WorkloadException>(() => ReplaceAsync(made, Document("d", 3)));
        Assert.Equal("collection_not_found", gone.Code);
    }

    [Fact]
    public async Task New_vectors_count_only_where_the_collection_is_as_it_was_when_they_were_made()
    {
        var made = await AddAsync("c");
        await ReplaceAsync(made, Document("d", 1));
        var before = (await _database.Collections.ReadAsync("c", default))!;
        var next = (await _database.Rebuilds.BeginAsync("c", "other", default))!;
        Assert.Equal(next, await _database.Rebuilds.BeginAsync("c", "other", default));
        Assert.True(await _database.Rebuilds.SettleAsync(next, 3, default));
        await ReplaceAsync(made, Document("e", 2));

        Assert.Equal(VectorSwap.Outdated, await _database.Rebuilds.SwapAsync(next, before, default));
        var after = (await _database.Collections.ReadAsync("c", default))!;
        Assert.Equal(VectorSwap.Done, await _database.Rebuilds.SwapAsync(next, after, default));
        Assert.Equal(VectorSwap.Superseded, await _database.Rebuilds.SwapAsync(next, after, default));

        Assert.Equal(
            after with { Embedding = "other", Dimensions = 3, Generation = next.Generation, Version = after.Version + 1 },
            await _database.Collections.ReadAsync("c", default));
        Assert.Equal("x/other/y", (await _database.Documents.ReadKeptAsync("c", default))["d"].Hash);
        var late = await Assert.ThrowsAsync<WorkloadException>(() => ReplaceAsync(made, Document("f", 3)));
        Assert.Equal(("collection_rebuilt", true), (late.Code, late.IsTransient));
    }

    private protected abstract KnowledgeDatabase Open();

    private protected virtual void Close()
    {
    }

    private static CollectionRecord New(string id) => new(id, "ann", "Lamps", null, "hashed-2", null, CreatedAt: 0);

    private static DocumentWrite Document(string id, params long[] passages) => new(
        id, $"Title {id}", new Dictionary<string, string> { ["number"] = "7" }, "x/hashed-2/y",
        [.. passages.Select((passage, i) => new Passage(passage, id, "", null, $"text {passage}", i, new Dictionary<string, string>()) { Page = 1 })]);

    private async Task<CollectionRecord> AddAsync(string id) => (await _database.Collections.AddAsync(New(id), 1, default))!;

    private Task<DocumentChange> ReplaceAsync(CollectionRecord collection, params DocumentWrite[] documents) =>
        _database.Documents.ReplaceAsync(collection, documents, _ => { }, default);
}
