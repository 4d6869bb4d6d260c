using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Workloads.Knowledge;

/// <summary>Vectors of an OpenAI-compatible endpoint, through its real SDK.</summary>
public sealed class OpenAIEmbeddingTests : IAsyncLifetime
{
    private EngineServer _server = null!;
    private KnowledgeHost _host = null!;

    public async Task InitializeAsync()
    {
        _server = await EngineServer.StartAsync();
        _host = KnowledgeHost.Start(
            ("Inference:OpenAI:Endpoint", _server.OpenAI), ("Inference:OpenAI:EmbeddingModel", "e1"), ("Knowledge:DefaultEmbedding", "openai"));
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Its_vectors_are_kept_and_found_by()
    {
        var collection = await _host.CreateAsync();
        await _host.IngestAsync(collection, new { id = "a", text = "Red apples" }, new { id = "b", text = "Blue boat" });

        Assert.Equal("openai/e1", (await _host.Library.FindAsync(KnowledgeHost.Owner, collection, default))!.Embedding);
        Assert.Equal(["a"], await _host.SearchAsync(collection, "Red apples", 1));
        Assert.All(_server.Requests, r => Assert.Equal("e1", r.Model));
    }

    [Fact]
    public async Task A_busy_engine_is_waited_for_and_a_key_that_is_refused_ends_the_job()
    {
        var collection = await _host.CreateAsync();
        _server.Next(EngineFault.Broken500);
        await _host.IngestAsync(collection, new { id = "a", text = "Red apples" });
        Assert.Equal(2, _server.Requests.Count);

        _server.Always = EngineFault.Unauthorized;
        var fault = await Assert.ThrowsAsync<WorkloadException>(() => _host.IngestAsync(collection, new { id = "b", text = "Blue boat" }));

        Assert.Equal("engine_rejected_key", fault.Code);
    }

    [Fact]
    public async Task A_document_that_the_engine_does_not_take_keeps_no_other_out()
    {
        var collection = await _host.CreateAsync();
        _server.Next(EngineFault.BadRequest, EngineFault.None, EngineFault.BadRequest, EngineFault.None);
        using var context = new FakeWorkloadContext(new { collection, documents = new[] { "one", "two", "three" }.Select(t => new { id = t, text = t }) });

        var outcome = await _host.Ingest.RunAsync(context).Soon();

        Assert.Equal(1, outcome.FailedItems);
        Assert.Equal("two", Assert.Single(context.Partials, p => !p.Ok).Data!.Value.Text("id"));

        // It is not done, and nobody waits for it.
        var last = context.Updates.Last(u => u is { Unit: "passages", Total: 3 });
        Assert.Equal((2.0 / 3, 1), (last.StageFraction!.Value, last.SettledFraction!.Value));
    }
}
