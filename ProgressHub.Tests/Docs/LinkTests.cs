namespace ProgressHub.Tests.Docs;

/// <summary>Links in what people read lead somewhere.</summary>
public sealed class LinkTests
{
    [Fact]
    public void Every_relative_link_leads_to_a_file_and_a_heading_that_exist()
    {
        Assert.Contains(MarkdownFile.All, file => file.Links.Count > 5);

        Assert.Empty(MarkdownFile.All.SelectMany(BrokenLinks.Of));
    }

    [Fact]
    public void Every_document_is_reached_from_the_README()
    {
        var documents = MarkdownFile.All.ToDictionary(file => file.Path);
        var reached = new HashSet<string>();
        var next = new Stack<string>(["README.md"]);
        while (next.TryPop(out var path))
        {
            if (!documents.TryGetValue(path, out var file) || !reached.Add(path))
                continue;
            foreach (var link in file.Links)
                next.Push(Resolve(path, link.Split('#')[0]));
        }

        Assert.Empty(documents.Keys.Except(reached));
    }

    [Theory]
    [InlineData("[x](missing.md)")]
    [InlineData("[x](#nowhere)")]
    [InlineData("[x](docs/limits.md#nowhere)")]
    [InlineData("![x](docs/missing.png)")]
    [InlineData("[x](../README.md)")]
    public void A_link_that_leads_nowhere_is_found(string text) =>
        Assert.Single(BrokenLinks.Of(new MarkdownFile("README.md", $"# Top\n\n{text}\n")));

    [Theory]
    [InlineData("[x](#the-api-by-curl-and-more)")]
    [InlineData("[x](#twice-1)")]
    [InlineData("[x](docs/limits.md)")]
    [InlineData("[x](https://example.org/nowhere#at-all)")]
    [InlineData("`[x](missing.md)`")]
    [InlineData("```\n[x](missing.md)\n```")]
    public void Links_that_lead_somewhere_and_code_are_not(string text) => Assert.Empty(BrokenLinks.Of(
        new MarkdownFile("README.md", $"# The API by `curl`, and more!\n\n## Twice\n\n## Twice\n\n{text}\n")));

    private static string Resolve(string from, string link) =>
        Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", Path.GetDirectoryName(from)!, link))).Replace('\\', '/');
}
