using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Knowledge.Collections;
using ProgressHub.Workloads.Knowledge.Embedding;

namespace ProgressHub.Tests.Workloads.Knowledge.Retrieval;

/// <summary>Whoever writes in traditional characters finds what is written in simplified ones, and the other way.</summary>
public sealed class ChineseScriptTests : IAsyncLifetime
{
    private static readonly object[] Documents =
    [
        new { id = "refund", title = "退款", text = "顾客可以在三十天内退货。运费由买家承担。" },
        new { id = "phone", title = "電話", text = "倉庫的電話號碼是 021-5555-0137。" },
        new { id = "hair", title = "理髮", text = "每週三為會員剪頭髮，須先預約。" },
    ];

    private KnowledgeHost _host = null!;

    public Task InitializeAsync()
    {
        _host = KnowledgeHost.Start();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("運費由誰承擔？", "refund"), InlineData("运费由谁承担？", "refund"), InlineData("多少天可以退貨？", "refund")]
    [InlineData("仓库的电话号码是多少？", "phone"), InlineData("倉庫的電話號碼是多少？", "phone")]
    [InlineData("剪头发要预约吗？", "hair"), InlineData("剪頭髮要預約嗎？", "hair")]
    public async Task A_question_in_either_script_finds_a_document_in_either(string question, string document)
    {
        var collection = await _host.CreateAsync();
        await _host.IngestAsync(collection, Documents);

        Assert.Equal([document], (await _host.SearchAsync(collection, question)).Take(1));
        Assert.Equal("minilm-1", (await _host.Library.FindAsync(KnowledgeHost.Owner, collection, default))!.Embedding);
    }

    [Fact]
    public async Task A_collection_of_the_first_version_keeps_its_vectors_and_finds_by_words()
    {
        var collection = new string('a', 32);
        await _host.Get<KnowledgeDatabase>().Collections.AddAsync(
            new CollectionRecord(collection, KnowledgeHost.Owner, "Papers", null, "hashed-1", null, 0), 10, default);
        await _host.IngestAsync(collection, Documents);
        await _host.RestartAsync();

        Assert.Equal(["phone"], (await _host.SearchAsync(collection, "倉庫的電話號碼是多少？")).Take(1));
        Assert.Equal(["phone"], (await _host.SearchAsync(collection, "仓库的电话号码是多少？")).Take(1));
    }

    [Fact]
    public async Task Vectors_of_both_scripts_are_the_same_from_the_second_version_on()
    {
        string[] texts = ["倉庫的電話號碼", "仓库的电话号码"];

        var first = await HashedEmbedder.First.EmbedAsync(texts, null, default);

        Assert.Equal(HashedEmbedder.Embed(texts[0]), HashedEmbedder.Embed(texts[1]));
        Assert.NotEqual(first[0], first[1]);
        Assert.Equal(first[1], HashedEmbedder.Embed(texts[1]));
    }

    [Theory]
    [InlineData("等级 高"), InlineData("等級 高")]
    public async Task An_attribute_is_named_in_either_script(string question)
    {
        var collection = await _host.CreateAsync();
        await _host.IngestAsync(
            collection,
            new { id = "high", text = "Close the harbour.", attributes = new Dictionary<string, string> { ["等級"] = "高" } },
            new { id = "low", text = "Keep the harbour open.", attributes = new Dictionary<string, string> { ["等級"] = "低" } });

        Assert.Equal(["high"], await _host.SearchAsync(collection, question));
    }
}
