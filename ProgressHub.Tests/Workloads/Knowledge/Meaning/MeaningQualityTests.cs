using ProgressHub.Benchmarks.Meaning;
using ProgressHub.Tests.Support;
using Xunit.Abstractions;

namespace ProgressHub.Tests.Workloads.Knowledge.Meaning;

/// <summary>
/// What the default embedder is worth on documents that were taken in as anybody's are. The benchmark <c>meaning</c> has
/// the figures beside those of hashed vectors; the bounds here are a little below.
/// </summary>
public sealed class MeaningQualityTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly List<(QuestionSet Set, string Collection)> _sets = [];
    private KnowledgeHost _host = null!;

    public async Task InitializeAsync()
    {
        _host = KnowledgeHost.Start();
        foreach (var set in QuestionSet.All)
        {
            var collection = await _host.CreateAsync();
            await _host.IngestAsync(collection, [.. set.Documents.Select(d => (object)new { id = d.Id, title = d.Title, text = d.Sections[0].Text })]);
            _sets.Add((set, collection));
        }
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Questions_find_what_is_meant_and_nothing_where_nothing_fits()
    {
        var (other, own, off) = (default(Share), default(Share), default(Share));
        foreach (var (set, collection) in _sets)
        {
            var inOther = await AskAsync(collection, set.InOtherWords.Select(q => (q.Question, (string?)q.Document)));
            var inOwn = await AskAsync(collection, set.InOwnWords.Select(q => (q.Question, (string?)q.Document)));
            var offTopic = await AskAsync(collection, set.OffTopic.Select(q => (q, (string?)null)));
            output.WriteLine($"{set.Name}: {inOther} in other words, {inOwn} in its own, {offTopic} off topic");
            Assert.True(inOther.Percent >= 60, $"{set.Name}: {inOther} in other words");
            (other, own, off) = (other + inOther, own + inOwn, off + offTopic);
        }

        Assert.True(other.All >= 60 && off.All >= 60);
        Assert.True(other.Percent >= 70, $"{other} in other words");
        Assert.True(own.Percent >= 96, $"{own} in the documents' own words");
        Assert.True(off.Percent >= 95, $"{off} off topic");
    }

    private Task<Share> AskAsync(string collection, IEnumerable<(string, string?)> questions) => Share.OfAsync(
        questions,
        async question => await _host.SearchAsync(collection, question) is [var first, ..] ? first : null,
        (question, found) => output.WriteLine($"  {question} → {found ?? "nothing"}"));
}
