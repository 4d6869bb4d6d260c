using System.Globalization;
using Markdig;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using ProgressHub.Workloads.Translation;
using ProgressHub.Workloads.Translation.Engines;

namespace ProgressHub.Tests.Workloads.Translation.Segmentation;

public sealed class MarkdownStructureTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "every-construct.md"));

    [Theory]
    [InlineData(50)]
    [InlineData(300)]
    [InlineData(20_000)]
    public void Every_construct_keeps_its_place_through_a_translation(int batchCharacters)
    {
        var translated = Cut.Translate(Text, "markdown", batchCharacters, PseudoTranslator.Disguise);

        Assert.Equal(Structure(Text), Structure(translated));
    }

    [Fact]
    public void The_sample_keeps_its_structure_too() => Assert.Equal(
        Structure(TranslationSamples.Markdown),
        Structure(Cut.Translate(TranslationSamples.Markdown, "markdown", 1200, PseudoTranslator.Disguise)));

    [Theory]
    [InlineData("print(\"code in a list: %s\" % name)")]
    [InlineData("// A comment in code stays: {name}, %s, **bold**")]
    [InlineData("tilde fence")]
    [InlineData("    indented code stays\n    as it is\n")]
    [InlineData("](https://example.org/path_(x)?a=b \"the title\")")]
    [InlineData("[ref]: https://example.org/reference \"Reference title\"\n")]
    [InlineData("](image.png \"image title\")")]
    [InlineData("<span title=\"do not touch\">")]
    [InlineData("{name}, {{ user.name }}, ${HOME}, %s, %1$s, %d, %-5.2f, %(name)s")]
    [InlineData("$x^2 + y^2$")]
    [InlineData("\\sum_{i=0}^n i")]
    [InlineData("|:-----|:----------:|-------:|")]
    [InlineData("| A grid  | table    |")]
    [InlineData("[collapsed][], [shortcut],")]
    public void What_is_not_prose_stays_as_it_is(string verbatim)
    {
        var translated = Cut.Translate(Text, "markdown", 20_000, s => s.ToUpperInvariant());

        Assert.Contains(verbatim, translated, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A setext heading")]
    [InlineData("the text")]
    [InlineData("the alternative")]
    [InlineData("not emphasis")]
    [InlineData("A quote within the quote.")]
    [InlineData("and has a second paragraph")]
    [InlineData("Numbered within")]
    [InlineData("A finished task")]
    [InlineData("What it is")]
    [InlineData("The first row")]
    [InlineData("with a bar")]
    [InlineData("The text of the footnote.")]
    [InlineData("Its definition")]
    [InlineData("Ctrl")]
    public void All_prose_is_translated(string words) => Assert.Contains(
        words.ToUpperInvariant(), Cut.Translate(Text, "markdown", 20_000, s => s.ToUpper(CultureInfo.InvariantCulture)), StringComparison.Ordinal);

    /// <summary>The tree without its words: kinds of blocks and inlines, link targets, code.</summary>
    private static string[] Structure(string text)
    {
        var pipeline = new MarkdownPipelineBuilder().UseYamlFrontMatter().UsePipeTables().UseGridTables().UseTaskLists()
            .UseFootnotes().UseDefinitionLists().UseEmphasisExtras().UseMathematics().UseAutoLinks().Build();
        return
        [
            .. Markdown.Parse(text, pipeline).Descendants().Where(n => n is not LiteralInline).Select(n => n switch
            {
                LinkInline link => $"link {link.Url} {link.Title} {link.IsImage}",
                CodeInline code => $"code {code.Content}",
                HtmlInline html => html.Tag,
                EmphasisInline emphasis => $"emphasis {emphasis.DelimiterChar} {emphasis.DelimiterCount}",
                HeadingBlock heading => $"heading {heading.Level}",
                // Its title is words; see MarkdownDialectTests.
                YamlFrontMatterBlock front => $"front matter {string.Join('|', front.Lines.ToString().Split('\n').Where(l => !l.StartsWith("title:", StringComparison.Ordinal)))}",
                CodeBlock code => $"block {code.Lines}",
                _ => n.GetType().Name,
            }),
        ];
    }
}
