using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Knowledge.Indexing;

namespace ProgressHub.Tests.Workloads.Knowledge.Retrieval;

/// <summary>How many documents stand beside the right one must not decide whether it is found.</summary>
public sealed class SmallCollectionTests : IAsyncLifetime
{
    private KnowledgeHost _host = null!;

    public Task InitializeAsync()
    {
        _host = KnowledgeHost.Start();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData(0, "What does the Hiker cost?"), InlineData(1, "What does the Hiker cost?"), InlineData(30, "What does the Hiker cost?")]
    [InlineData(0, "how much is a beanie"), InlineData(1, "how much is a beanie"), InlineData(30, "how much is a beanie")]
    public async Task One_word_of_the_documents_own_finds_it_among_none_one_and_many(int others, string question)
    {
        var collection = await _host.CreateAsync();
        await _host.IngestAsync(collection, new
        {
            id = "prices",
            text = "Shoes: the Runner in size 42 is at 89.00, the Hiker in size 44 at 129.50. Hats: the Cap in M is at 19.90, the Beanie in L at 24.00.",
        });
        if (others > 0)
            await _host.IngestAsync(collection, [.. Enumerable.Range(1, others).Select(i => (object)new { id = $"n{i}", text = $"Pump {i} runs at noon and its valve is closed." })]);

        Assert.Equal(["prices"], (await _host.SearchAsync(collection, question)).Take(1));
    }

    [Theory]
    [InlineData("Who is the president of France?"), InlineData("Explain quantum chromodynamics"), InlineData("程式語言的編譯器")]
    public async Task What_the_only_document_does_not_say_is_not_found(string question)
    {
        var collection = await _host.CreateAsync();
        await _host.IngestAsync(collection, new { id = "gulls", text = "Gulls nest on rooftops in the city." });

        Assert.Empty(await _host.SearchAsync(collection, question));
    }

    [Fact]
    public async Task The_vectors_of_a_first_ingest_are_compared_at_once()
    {
        var collection = await _host.CreateAsync();
        await _host.IngestAsync(collection, new { id = "gulls", text = "Gulls nest on rooftops in the city." });

        var hit = Assert.Single((await _host.Library.SearchAsync(KnowledgeHost.Owner, collection, "gulls on rooftops", 5, default))!);

        Assert.True(hit.Cosine > 0.3, $"The cosine is {hit.Cosine}.");
    }

    [Theory]
    [InlineData("Puffins nest in burrows on the cliff.", 0), InlineData("Puffins nest in burrows on the cliff.", 9)]
    public async Task One_of_two_documents_is_told_from_the_other(string other, int more)
    {
        var collection = await _host.CreateAsync();
        await _host.IngestAsync(collection, new { id = "puffins", text = other }, new { id = "gulls", text = "Gulls nest on rooftops in the city." });
        if (more > 0)
            await _host.IngestAsync(collection, [.. Enumerable.Range(1, more).Select(i => (object)new { id = $"n{i}", text = $"Pump {i} runs at noon and its valve is closed." })]);

        Assert.Equal(["gulls"], (await _host.SearchAsync(collection, "Which birds live on rooftops?")).Take(1));
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(10), InlineData(100), InlineData(1000)]
    public void Half_of_the_question_is_about_half_of_it_in_a_collection_of_any_size(int passages)
    {
        var index = new Bm25Index();
        index.Add(1, Tokenizer.Terms("hiker"));
        for (var id = 2; id <= passages; id++)
            index.Add(id, Tokenizer.Terms("pump valve"));

        Assert.InRange(index.Search(Tokenizer.Terms("hiker cost"), 5)[0].Coverage, 0.44, 0.5);
    }
}
