using System.Text;
using Grpc.Core;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Workloads.Knowledge;

public sealed class IngestTests : IAsyncLifetime
{
    private KnowledgeHost _host = null!;

    public Task InitializeAsync()
    {
        _host = KnowledgeHost.Start();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Documents_are_read_cut_embedded_and_indexed_and_then_found()
    {
        var collection = await _host.CreateAsync();
        using var context = new FakeWorkloadContext(new
        {
            collection,
            documents = new[] { new { id = "a", title = "Lamp", text = "Trim the wick." }, new { id = "b", title = "Fog", text = "Sound the horn." } },
        });

        var result = await KnowledgeHost.RunAsync(_host.Ingest, context);

        Assert.Equal(["reading", "chunking", "embedding", "indexing"], context.StageNames);
        Assert.Equal((2, 0), (result.GetProperty("indexed").GetInt32(), result.GetProperty("failed").GetInt32()));
        Assert.Equal(2, context.Partials.Count);
        Assert.Equal(["b"], await _host.SearchAsync(collection, "Who sounds the horn?"));
        await _host.RestartAsync();
        Assert.Equal(["a"], await _host.SearchAsync(collection, "trim the wick"));
    }

    [Fact]
    public async Task A_document_of_the_same_id_replaces_the_other_and_an_unchanged_one_is_passed_over()
    {
        var collection = await _host.CreateAsync();
        await _host.IngestAsync(collection, new { id = "a", text = "The lamp burns paraffin." }, new { id = "b", text = "The horn is blown." });

        var again = await _host.IngestAsync(collection, new { id = "a", text = "The lamp burns electricity." }, new { id = "b", text = "The horn is blown." });

        Assert.Equal((1, 1), (again.GetProperty("replaced").GetInt32(), again.GetProperty("unchanged").GetInt32()));
        Assert.Empty(await _host.SearchAsync(collection, "paraffin"));
        Assert.Equal(["a"], await _host.SearchAsync(collection, "electricity"));
        Assert.Equal(2, (await _host.Library.FindAsync(KnowledgeHost.Owner, collection, default))!.Documents);
    }

    [Fact]
    public async Task Broken_documents_and_files_are_reported_and_do_not_stop_the_rest()
    {
        var collection = await _host.CreateAsync();
        using var context = new FakeWorkloadContext(new
        {
            collection,
            files = new[] { "f1", "f2", "f3" },
            documents = new object[] { new { id = "x", text = "" }, new { id = "ok", text = "Good text about gulls." }, new { id = "ok", text = "Twice." } },
        });
        context.Upload("f1", "good.txt", "text/plain", Encoding.UTF8.GetBytes("Seals on the rock."));
        context.Upload("f2", "binary.txt", "text/plain", [0x61, 0x00, 0x62]);
        context.Upload("f3", "paper.pdf", "application/pdf", "%PDF-1.7"u8.ToArray());

        var outcome = await _host.Ingest.RunAsync(context).Soon();

        Assert.Equal(4, outcome.FailedItems);
        Assert.Equal(
            ["not_text", "invalid_pdf", "empty_document", "duplicate_id"],
            context.Partials.Where(p => !p.Ok).OrderBy(p => p.Index).Select(p => p.Data!.Value.Text("code")));
        Assert.Equal(["good.txt"], await _host.SearchAsync(collection, "seals rock"));
        Assert.Equal(["ok"], await _host.SearchAsync(collection, "gulls"));
    }

    [Fact]
    public async Task What_an_earlier_attempt_did_is_not_done_again()
    {
        var collection = await _host.CreateAsync();
        object input = new { collection, documents = Enumerable.Range(0, 10).Select(i => new { id = $"d{i}", text = $"Number word{i}." }) };
        using var first = new FakeWorkloadContext(input);
        await _host.Ingest.RunAsync(first);
        using var second = new FakeWorkloadContext(input) { Restored = first.Partials.Where(p => p.Index < 6).ToDictionary(p => p.Index) };

        var result = await KnowledgeHost.RunAsync(_host.Ingest, second);

        Assert.Equal([6, 7, 8, 9], second.Partials.Select(p => p.Index));
        Assert.All(second.Partials, p => Assert.Equal("unchanged", p.Data!.Value.Text("status")));
        Assert.Equal((6, 4), (result.GetProperty("indexed").GetInt32(), result.GetProperty("unchanged").GetInt32()));
    }

    [Fact]
    public async Task Documents_whose_vectors_were_lost_are_taken_in_again()
    {
        var collection = await _host.CreateAsync();
        object document = new { id = "a", text = "The cistern holds rain." };
        await _host.IngestAsync(collection, document);
        await _host.RestartAsync();
        foreach (var file in Directory.GetFiles(Path.Combine(_host.Folder, "vectors")))
            File.Delete(file);

        Assert.Equal(["a"], await _host.SearchAsync(collection, "cistern holds rain"));
        var again = await _host.IngestAsync(collection, document);

        Assert.Equal(1, again.GetProperty("replaced").GetInt32());
        var hit = Assert.Single((await _host.Library.SearchAsync(KnowledgeHost.Owner, collection, "cistern rain", 3, default))!);
        Assert.True(hit.Cosine > 0.2);
    }

    [Theory]
    [InlineData("""{"collection":"lighthouse","documents":[{"text":"a"}]}""", "collection_read_only")]
    [InlineData("""{"collection":"0123456789abcdef0123456789abcdef","documents":[{"text":"a"}]}""", "collection_not_found")]
    [InlineData("""{"collection":"lighthouse"}""", "invalid_input")]
    [InlineData("""{"documents":[]}""", "invalid_input")]
    [InlineData("""{"collection":"lighthouse","documents":{}}""", "invalid_input")]
    [InlineData("""{"collection":"lighthouse","files":[1]}""", "invalid_input")]
    [InlineData("""[]""", "invalid_input")]
    public async Task What_can_not_be_done_is_refused_before_it_begins(string input, string code)
    {
        var json = System.Text.Json.JsonDocument.Parse(input).RootElement;

        var fault = await Assert.ThrowsAsync<WorkloadException>(async () => await _host.Ingest.PlanAsync(json, KnowledgeHost.Owner, default));

        Assert.Equal(code, fault.Code);
    }

    [Fact]
    public async Task What_is_another_s_does_not_exist()
    {
        var bobs = await _host.CreateAsync("bob");
        var json = System.Text.Json.JsonSerializer.SerializeToElement(new { collection = bobs, question = "x?", documents = new[] { new { text = "a" } } });
        var library = _host.Library;

        foreach (var workload in (IWorkload[])[_host.Ingest, _host.Ask])
        {
            var fault = await Assert.ThrowsAsync<WorkloadException>(async () => await workload.PlanAsync(json, "ann", default));
            Assert.Equal("collection_not_found", fault.Code);
        }

        Assert.DoesNotContain(await library.ListAsync("ann", default), c => c.Id == bobs);
        Assert.Null(await library.FindAsync("ann", bobs, default));
        Assert.False(await library.DeleteAsync("ann", bobs, default));
        Assert.Null(await library.ListDocumentsAsync("ann", bobs, null, 10, default));
        Assert.False(await library.DeleteDocumentAsync("ann", bobs, "a", default));
        Assert.Null(await library.FindPassageAsync("ann", bobs, 1, default));
        Assert.Null(await library.SearchAsync("ann", bobs, "a", 5, default));
        Assert.NotNull(await library.FindAsync("bob", bobs, default));
    }

    [Fact]
    public async Task A_collection_that_is_deleted_meanwhile_ends_the_job_and_leaves_nothing()
    {
        var collection = await _host.CreateAsync();
        using var context = new FakeWorkloadContext(new { collection, documents = Enumerable.Range(0, 300).Select(i => new { id = $"d{i}", text = $"word{i}" }) })
        {
            OnPartial = partial =>
            {
                if (partial.Index == 0)
                    Assert.True(_host.Library.DeleteAsync(KnowledgeHost.Owner, collection, default).GetAwaiter().GetResult());
            },
        };

        var fault = await Assert.ThrowsAsync<WorkloadException>(() => _host.Ingest.RunAsync(context));

        Assert.Equal("collection_not_found", fault.Code);
        Assert.Null(await _host.Library.FindAsync(KnowledgeHost.Owner, collection, default));
    }

    [Fact]
    public async Task With_a_Qdrant_the_vectors_are_there_and_what_is_found_is_the_same()
    {
        await using var qdrant = await QdrantServer.StartAsync();
        await using var host = KnowledgeHost.Start(("Knowledge:Qdrant:Endpoint", qdrant.Address.ToString()));
        var collection = await host.CreateAsync();
        await host.IngestAsync(collection, new { id = "a", text = "Puffins nest in burrows." }, new { id = "b", text = "Seals sleep on the rock." });
        await host.IngestAsync(collection, new { id = "b", text = "Seals swim in the bay." });
        await host.RestartAsync();

        var hit = Assert.Single((await host.Library.SearchAsync(KnowledgeHost.Owner, collection, "seals swimming", 5, default))!);

        Assert.Equal(("b", "Seals swim in the bay."), (hit.Passage.DocumentId, hit.Passage.Text));
        Assert.True(hit.Cosine > 0.2, $"Its vector is {hit.Cosine} near.");
        Assert.False(Directory.Exists(Path.Combine(host.Folder, "vectors")));
        qdrant.Down = StatusCode.Unavailable;
        var fault = await Assert.ThrowsAsync<WorkloadException>(() => host.SearchAsync(collection, "seals"));
        Assert.True(fault.IsTransient);
        qdrant.Down = null;
        Assert.Equal("minilm-1", qdrant.Stand.MetadataOf(Assert.Single(qdrant.Stand.Names))["model"].StringValue);
        Assert.True(await host.Library.DeleteAsync(KnowledgeHost.Owner, collection, default));
        Assert.Empty(qdrant.Stand.Names);
    }

    [Fact]
    public async Task A_removed_document_is_found_no_more()
    {
        var collection = await _host.CreateAsync();
        await _host.IngestAsync(collection, new { id = "a", text = "puffins nest here" }, new { id = "b", text = "seals sleep here" });
        Assert.Equal(["a"], await _host.SearchAsync(collection, "puffins"));

        Assert.True(await _host.Library.DeleteDocumentAsync(KnowledgeHost.Owner, collection, "a", default));
        Assert.False(await _host.Library.DeleteDocumentAsync(KnowledgeHost.Owner, collection, "a", default));

        Assert.Empty(await _host.SearchAsync(collection, "puffins"));
        Assert.Equal(["b"], (await _host.Library.ListDocumentsAsync(KnowledgeHost.Owner, collection, null, 10, default))!.Select(d => d.Id));
    }
}
