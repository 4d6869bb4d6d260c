using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using ProgressHub.Core.Sqlite;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Knowledge.Collections;
using ProgressHub.Workloads.Knowledge.Embedding;
using ProgressHub.Workloads.Knowledge.Vectors;

namespace ProgressHub.Tests.Workloads.Knowledge;

/// <summary>Vectors that are made anew, beside those that serve.</summary>
public sealed class RebuildTests : IAsyncLifetime
{
    private const string Meant = "Is there anything to eat for people who avoid animals?";
    private static readonly object Canteen = new { id = "canteen", title = "Canteen", text = "Lunch is from half past eleven. There is always one vegetarian dish without meat." };
    private KnowledgeHost _host = null!;

    private static CancellationToken None => CancellationToken.None;

    public Task InitializeAsync()
    {
        _host = KnowledgeHost.Start();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_collection_of_a_data_directory_of_before_answers_and_is_made_anew()
    {
        var id = new string('b', 32);
        await WriteAsBeforeAsync(id, ("canteen", "Canteen", "Lunch is from half past eleven. There is always one vegetarian dish without meat."), ("gate", "Gate", "The gate is locked at night."));

        // What was taken in before counts as what is taken in now: titles, attributes, texts and vectors.
        Assert.Equal(7 + 2 + 81 + 4 + 2 + 28 + (2 * 4 * 1024), await _host.Get<KnowledgeDatabase>().Collections.CountBytesAsync(KnowledgeHost.Owner, None));
        Assert.Equal(["gate"], await _host.SearchAsync(id, "When is the gate locked?"));
        var before = await FindAsync(id);
        Assert.Equal(("hashed-2", "minilm-1", 1024), (before.Embedding, before.Better, before.Dimensions));
        Assert.Empty(await _host.SearchAsync(id, Meant));

        var result = await RebuildAsync(id);

        Assert.Equal(("minilm-1", 2), (result.Text("embedding"), result.GetProperty("passages").GetInt32()));
        var after = await FindAsync(id);
        Assert.Equal(("minilm-1", null, 1409, 2), (after.Embedding, after.Better, after.Dimensions, after.Documents));
        Assert.Equal(["canteen"], await _host.SearchAsync(id, Meant));
        Assert.Equal([$"{id}.1-1409.vectors"], Vectors());
        await _host.RestartAsync();
        Assert.Equal(["canteen"], await _host.SearchAsync(id, Meant));
        Assert.Equal(["gate"], await _host.SearchAsync(id, "When is the gate locked?"));
    }

    [Fact]
    public async Task Documents_that_are_there_are_unchanged_after_it()
    {
        var collection = await HashedAsync();
        await _host.IngestAsync(collection, Canteen);
        await RebuildAsync(collection);

        var again = await _host.IngestAsync(collection, Canteen);

        Assert.Equal(1, again.GetProperty("unchanged").GetInt32());
    }

    [Fact]
    public async Task An_attempt_goes_on_where_the_one_before_was_cut_off_and_the_old_vectors_serve_meanwhile()
    {
        var collection = await HashedAsync();
        await _host.IngestAsync(collection, Many(200));
        using (var cut = new FakeWorkloadContext(new { collection }))
        {
            var running = _host.Rebuild.RunAsync(cut);
            await Patience.UntilAsync(() => cut.Updates is [.., { Current: >= 32 }], "some passages are embedded");
            Assert.Equal(["d7"], await _host.SearchAsync(collection, "valve number7 of the pump", 1));
            cut.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running).Soon();
        }

        await _host.RestartAsync();
        Assert.Equal("hashed-2", (await FindAsync(collection)).Embedding);
        Assert.Equal(["d7"], await _host.SearchAsync(collection, "valve number7 of the pump", 1));
        using var second = new FakeWorkloadContext(new { collection });
        await _host.Rebuild.RunAsync(second).Soon();

        Assert.Contains(second.Lines, line => line.Message.Contains("were embedded before", StringComparison.Ordinal));
        Assert.Equal("minilm-1", (await FindAsync(collection)).Embedding);
        Assert.Equal([$"{collection}.1-1409.vectors"], Vectors());
        Assert.Equal(["d7"], await _host.SearchAsync(collection, "valve number7 of the pump", 1));
        Assert.All(second.Updates.Zip(second.Updates.Skip(1)), pair => Assert.True(pair.Second.Current >= pair.First.Current));
    }

    [Fact]
    public async Task What_is_taken_in_and_removed_meanwhile_counts()
    {
        var collection = await HashedAsync();
        await _host.IngestAsync(collection, Many(120));
        using var context = new FakeWorkloadContext(new { collection });
        var running = _host.Rebuild.RunAsync(context);
        await Patience.UntilAsync(() => context.Updates is [.., { Current: >= 16 }], "some passages are embedded");

        await _host.IngestAsync(collection, Canteen);
        Assert.True(await _host.Library.DeleteDocumentAsync(KnowledgeHost.Owner, collection, "d3", None));
        await running.Soon();

        Assert.Equal(["canteen"], await _host.SearchAsync(collection, Meant));
        Assert.DoesNotContain("d3", await _host.SearchAsync(collection, "valve number3 of the pump"));
        var found = await FindAsync(collection);
        Assert.Equal(("minilm-1", 120), (found.Embedding, found.Passages));
        var space = new VectorSpace($"{collection}.1", 1409);
        Assert.Equal(120, (await _host.Get<IVectorStore>().ReadIdsAsync(space, None)).Count);
    }

    [Fact]
    public async Task Documents_that_were_embedded_for_the_old_vectors_are_embedded_again()
    {
        var collection = await HashedAsync();
        var row = await _host.Get<KnowledgeDatabase>().Collections.ReadAsync(collection, None);
        await RebuildAsync(collection);

        var fault = await Assert.ThrowsAsync<WorkloadException>(() => _host.Get<OpenCollections>().ReplaceAsync(
            row!, [new DocumentWrite("a", "a", new Dictionary<string, string>(), "h", [new Passage(0, "a", "a", null, "Late.", 0, new Dictionary<string, string>())])],
            [HashedEmbedder.Embed("Late.")], static _ => { }, None));

        Assert.Equal(("collection_rebuilt", true), (fault.Code, fault.IsTransient));
    }

    [Fact]
    public async Task A_search_that_is_under_way_ends_before_its_vectors_go()
    {
        var collection = await HashedAsync();
        await _host.IngestAsync(collection, Canteen);
        var open = (await _host.Library.OpenAsync(KnowledgeHost.Owner, collection, None))!;
        var reading = open.Readers.Enter()!;

        var running = RebuildAsync(collection);
        await Patience.UntilAsync(async () => (await FindAsync(collection)).Embedding == "minilm-1", "the new vectors count");
        var query = open.Embedder.Parts[0].Query(HashedEmbedder.Embed("vegetarian dish"))!;
        Assert.Single(await open.NearestAsync(query, 5, null, None));
        Assert.False(running.IsCompleted);
        reading.Dispose();
        await running.Soon();

        Assert.Null(open.Readers.Enter());
        Assert.Equal([$"{collection}.1-1409.vectors"], Vectors());
    }

    [Fact]
    public async Task Two_jobs_at_once_make_it_anew_once()
    {
        var collection = await HashedAsync();
        await _host.IngestAsync(collection, Many(60));

        var results = await Task.WhenAll(RebuildAsync(collection), RebuildAsync(collection));

        Assert.All(results, result => Assert.Equal("minilm-1", result.Text("embedding")));
        Assert.Equal([$"{collection}.1-1409.vectors"], Vectors());
        Assert.Equal(["d7"], await _host.SearchAsync(collection, "valve number7 of the pump", 1));
    }

    [Fact]
    public async Task A_collection_that_is_deleted_meanwhile_leaves_nothing()
    {
        var collection = await HashedAsync();
        await _host.IngestAsync(collection, Many(200));
        using var context = new FakeWorkloadContext(new { collection });
        var running = _host.Rebuild.RunAsync(context);
        await Patience.UntilAsync(() => context.Updates is [.., { Current: >= 16 }], "some passages are embedded");

        await _host.Library.DeleteAsync(KnowledgeHost.Owner, collection, None);
        var fault = await Assert.ThrowsAsync<WorkloadException>(() => running).Soon();

        Assert.Contains(fault.Code, (string[])["collection_not_found", "rebuild_superseded"]);
    }

    [Theory]
    [InlineData("lighthouse", null, "collection_read_only"), InlineData("0123456789abcdef0123456789abcdef", null, "collection_not_found")]
    [InlineData(null, "magic", "unknown_engine"), InlineData(null, "openai", "engine_unavailable"), InlineData(null, "hashed", "collection_up_to_date")]
    public async Task What_can_not_be_done_is_refused_before_it_begins(string? collection, string? embedding, string code)
    {
        var input = JsonSerializer.SerializeToElement(new { collection = collection ?? await HashedAsync(), embedding });

        var fault = await Assert.ThrowsAsync<WorkloadException>(async () => await _host.Rebuild.PlanAsync(input, KnowledgeHost.Owner, None));

        Assert.Equal(code, fault.Code);
    }

    private static object[] Many(int count) =>
        [.. Enumerable.Range(0, count).Select(i => (object)new { id = $"d{i}", text = $"The valve number{i} of the pump is closed at noon." })];

    private async Task<string> HashedAsync() => (await _host.Library.CreateAsync(KnowledgeHost.Owner, "Old", null, "hashed", None)).Id;

    private async Task<Collection> FindAsync(string id) => (await _host.Library.FindAsync(KnowledgeHost.Owner, id, None))!;

    private async Task<JsonElement> RebuildAsync(string collection)
    {
        using var context = new FakeWorkloadContext(new { collection });
        return JsonDocument.Parse((await _host.Rebuild.RunAsync(context).Soon()).Result!.Body).RootElement;
    }

    private IEnumerable<string?> Vectors() => Directory.GetFiles(Path.Combine(_host.Folder, "vectors")).Select(Path.GetFileName);

    /// <summary>A database with the schema of the release before, and the vectors it would have made.</summary>
    private async Task WriteAsBeforeAsync(string id, params (string Id, string Title, string Text)[] documents)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(_host.Folder, "knowledge.db")};Pooling=false");
        await connection.OpenAsync();
        var type = typeof(KnowledgeDatabase);
        new SchemaMigrator([.. MigrationScripts.Embedded(type.Assembly, type.Namespace!).Take(2)], "before", TimeProvider.System, NullLogger.Instance).Migrate(connection);
        await connection.ExecuteAsync("INSERT INTO collections VALUES (@id, @owner, 'Before', NULL, 'hashed-2', 1024, 1)", new { id, owner = KnowledgeHost.Owner });
        using var store = new EmbeddedVectorStore(Path.Combine(_host.Folder, "vectors"), NullLogger<EmbeddedVectorStore>.Instance);
        foreach (var (index, document) in documents.Index())
        {
            var key = index + 1;
            await connection.ExecuteAsync(
                "INSERT INTO documents VALUES (@key, @id, @document, @Title, '{}', '3/hashed-2/x', 1, 1); INSERT INTO passages VALUES (@key, @key, 0, NULL, @Text, NULL, NULL); UPDATE passage_ids SET next = @key + 1;",
                new { key, id, document = document.Id, document.Title, document.Text });
            await store.UpsertAsync(new VectorSpace(id, 1024), [new VectorPoint(key, HashedEmbedder.Embed($"{document.Title}\n{document.Text}"))], None);
        }
    }
}
