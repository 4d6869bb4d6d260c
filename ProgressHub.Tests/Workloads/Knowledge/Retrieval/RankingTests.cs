using ProgressHub.Workloads.Inference;
using ProgressHub.Workloads.Knowledge.Embedding;
using ProgressHub.Workloads.Knowledge.Indexing;
using ProgressHub.Workloads.Knowledge.Retrieval;

namespace ProgressHub.Tests.Workloads.Knowledge.Retrieval;

public sealed class RankingTests
{
    [Fact]
    public void A_rare_word_weighs_more_than_a_common_one()
    {
        var index = Index("the lamp and the boat", "the boat and the fog", "the boat in the bay");

        Assert.Equal(1, index.Search(Tokenizer.Terms("lamp boat"), 3)[0].Id);
        Assert.Equal(3, index.Search(Tokenizer.Terms("boat"), 9).Count);
    }

    [Fact]
    public void Coverage_is_the_share_of_the_question_that_is_in_a_passage()
    {
        var index = Index("lamp oil", "lamp");

        var found = index.Search(Tokenizer.Terms("lamp oil"), 2);

        Assert.Equal(1, found[0].Coverage, 6);
        Assert.InRange(found[1].Coverage, 0.01, 0.5);
        Assert.Empty(index.Search(Tokenizer.Terms("unheard"), 2));
    }

    [Fact]
    public void What_is_forgotten_or_replaced_is_found_no_more()
    {
        var index = Index("lamp", "boat");

        index.Remove(1);
        index.Add(2, Tokenizer.Terms("fog"));

        Assert.Empty(index.Search(["lamp"], 5));
        Assert.Empty(index.Search(["boat"], 5));
        Assert.Equal(2, Assert.Single(index.Search(["fog"], 5)).Id);
        Assert.Equal(1, index.Count);
    }

    [Fact]
    public void Fusion_counts_places_and_not_scores()
    {
        var fused = ReciprocalRank.Fuse(
            10, [new(1, 1000), new(2, 999), new(3, 998)], [new Scored(2, 0.2), new Scored(4, 0.1)]);

        Assert.Equal([2, 1, 4, 3], fused.Select(f => f.Id));
        Assert.Equal((1 / 62.0) + (1 / 61.0), fused[0].Score, 9);
    }

    [Fact]
    public void The_best_few_are_the_first_of_all_sorted()
    {
        var random = new Random(7);
        var all = Enumerable.Range(1, 500).Select(id => new Scored(id, random.Next(50))).ToList();

        Assert.Equal(all.OrderByDescending(s => s.Score).ThenBy(s => s.Id).Take(20), TopK.Of(all, 20));
        Assert.Empty(TopK.Of(all, 0));
    }

    /// <summary>Vectors are kept: they must mean the same in every process and on every machine, for ever.</summary>
    [Fact]
    public void Hashed_vectors_are_the_same_for_ever()
    {
        var vector = HashedEmbedder.Embed("Lamp 雨過橋晴");

        Assert.Equal(HashedEmbedder.Dimensions, vector.Length);
        Assert.Equal(1, vector.Sum(v => v * v), 4);
        Assert.Equal(0xcbf29ce484222325UL, Fnv1a.Hash(""));
        Assert.Equal(0x089be207b544f1e4UL, Fnv1a.Hash("a"));
        Assert.All(HashedEmbedder.Embed("… !"), v => Assert.Equal(0, v));
    }

    [Fact]
    public void An_attribute_that_a_question_names_means_those_who_have_it()
    {
        var index = new AttributeIndex();
        index.Add(1, new Dictionary<string, string> { ["number"] = "4", ["chapter"] = "3" });
        index.Add(2, new Dictionary<string, string> { ["number"] = "40", ["chapter"] = "30" });

        Assert.Equal([2], index.NamedIn("第四十籤").Ids);
        Assert.Equal([1], index.NamedIn("What is in Chapter: 3?").Ids);
        Assert.Equal(["chapter 30"], index.NamedIn("and chapter 30").Names);
        Assert.Empty(index.NamedIn("number 41").Ids);
        index.Remove(2);
        Assert.Empty(index.NamedIn("第四十籤").Ids);
    }

    private static Bm25Index Index(params string[] texts)
    {
        var index = new Bm25Index();
        foreach (var (i, text) in texts.Index())
            index.Add(i + 1, Tokenizer.Terms(text));
        return index;
    }
}
