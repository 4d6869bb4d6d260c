using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Workloads.Knowledge.Meaning;

/// <summary>English, other languages and Chinese side by side: each question finds what is in its language.</summary>
public sealed class MixedCollectionTests : IAsyncLifetime
{
    private static readonly object[] Documents =
    [
        new { id = "sofa", title = "Bulky items", text = "Furniture, mattresses and carpets are fetched twice a year on request." },
        new { id = "refund", title = "退款", text = "顾客可以在三十天内退货。运费由买家承担。" },
        new { id = "phone", title = "電話", text = "倉庫的電話號碼是 021-5555-0137。" },
        new { id = "ruhe", title = "Ruhezeiten", text = "Rasenmäher und Bohrmaschinen ruhen von eins bis drei und an Sonntagen den ganzen Tag." },
        new { id = "gate", title = "晨門 · The gate", text = "晨門初啟露猶寒，鳥語隨風到竹欄。\n\nThe gate swings wide while dew is cold, and birdsong drifts along the fence." },
        new { id = "burn", title = "Burns", text = "Hold the hand under cool water for ten minutes; leave blisters alone." },
    ];

    private KnowledgeHost _host = null!;
    private string _collection = null!;

    public async Task InitializeAsync()
    {
        _host = KnowledgeHost.Start();
        _collection = await _host.CreateAsync();
        await _host.IngestAsync(_collection, Documents);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("When will somebody pick up my old furniture?", "sofa"), InlineData("I scalded my fingers on the stove", "burn")]
    [InlineData("運費由誰承擔？", "refund"), InlineData("仓库的电话号码是多少？", "phone")]
    [InlineData("Wann darf ich den Rasenmäher nicht benutzen?", "ruhe"), InlineData("Rasenmäher Ruhezeiten", "ruhe")]
    [InlineData("晨門初啟", "gate"), InlineData("a cold morning at the gate, and birds sing", "gate")]
    [InlineData("021-5555-0137", "phone")]
    public async Task A_question_finds_what_is_in_its_language(string question, string document) =>
        Assert.Equal([document], (await _host.SearchAsync(_collection, question)).Take(1));

    [Theory]
    [InlineData("Who painted the Mona Lisa?"), InlineData("蛋糕食譜與烤箱溫度"), InlineData("Wie hoch ist der Mount Everest?")]
    public async Task What_nothing_answers_finds_nothing(string question) => Assert.Empty(await _host.SearchAsync(_collection, question));

    [Theory]
    [InlineData("Where do I sit down to eat at noon?"), InlineData("canteen")]
    public async Task A_collection_of_one_document_is_understood(string question)
    {
        var collection = await _host.CreateAsync();
        await _host.IngestAsync(collection, new { id = "only", title = "Canteen", text = "Lunch is served from half past eleven to two on the ground floor." });

        Assert.Equal(["only"], await _host.SearchAsync(collection, question));
        Assert.Empty(await _host.SearchAsync(collection, "How does a jet engine work?"));
    }
}
