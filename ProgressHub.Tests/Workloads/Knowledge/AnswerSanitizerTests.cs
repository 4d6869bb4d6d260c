using AngleSharp.Html.Parser;
using Markdig;
using ProgressHub.Workloads.Knowledge.Ask;
using ProgressHub.Workloads.Knowledge.Collections;
using ProgressHub.Workloads.Knowledge.Retrieval;

namespace ProgressHub.Tests.Workloads.Knowledge;

public sealed class AnswerSanitizerTests
{
    private static readonly MarkdownPipeline Everything = new MarkdownPipelineBuilder().UseAdvancedExtensions().Build();

    [Theory]
    [InlineData("See [the docs](https://evil.example/x?q=1).", "See the docs.")]
    [InlineData("![pixel](https://evil.example/p.png) Hello", "pixel Hello")]
    [InlineData("Go to https://evil.example now", "Go to `https://evil.example` now")]
    [InlineData("<img src=x onerror=alert(1)>Hi <b>you</b>", "Hi you")]
    [InlineData("<https://evil.example>", "`https://evil.example`")]
    [InlineData("a < b and c > d", "a < b and c > d")]
    [InlineData("True [1], also [2][3] and [1, 9], not [7].", "True [1], also [2][3] and [1], not .")]
    [InlineData("正如【2】所說", "正如[2]所說")]
    [InlineData("[1](https://evil.example)", "1")]
    public void An_answer_leads_nowhere_and_cites_what_there_is(string text, string clean) => Assert.Equal(clean, AnswerSanitizer.Clean(text, 3));

    /// <summary>However it is cut into pieces, also by one that is longer than what is held back.</summary>
    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(7), InlineData(5000)]
    public async Task An_answer_is_harmless_however_it_arrives(int size)
    {
        var evil = "[a](http://e.example) ![b](http://e.example/p.png) <a href='http://e.example'>c</a> <img src=x>. ";
        foreach (var filler in (int[])[0, 1970, 1980, 1990, 1994, 1997, 1998, 1999, 2000])
        {
            using var context = new FakeWorkloadContext(new { });
            var writer = new AnswerWriter(context, new CitedPassages(Enumerable.Range(1, 3).Select(id => new FoundPassage(new Passage(id, "d", "t", null, "x", 0, new Dictionary<string, string>()), false, 0, 0, 0))));
            foreach (var piece in (new string('x', filler) + evil + "<<<<<<<!--[[[" + new string('y', 6000) + evil).Chunk(size))
                await writer.WriteAsync(new string(piece));
            await writer.EndAsync();

            using var page = new HtmlParser().ParseDocument(Markdown.ToHtml(writer.Answer, new MarkdownPipelineBuilder().Build()));
            Assert.Empty(page.QuerySelectorAll("a, img, script, [href], [src]"));
            Assert.Equal(writer.Answer, context.Text);
        }
    }

    [Theory]
    [InlineData("[![a](http://e.example/a.png)](http://e.example)")]
    [InlineData("[a][b]\n\n[b]: http://e.example")]
    [InlineData("![a][b]\n\n[b]: http://e.example/x.png")]
    [InlineData("[a [b](http://e.example) c](http://e.example)")]
    [InlineData("<a href='http://e.example'>x</a><svg onload=x>")]
    [InlineData("<<a>a href='http://e.example'>x")]
    [InlineData("<scr<script>ipt>alert(1)</script>")]
    [InlineData("www.e.example and ftp://e.example and HTTP://E.EXAMPLE")]
    [InlineData("[x](javascript:alert(1)) <javascript:alert(1)>")]
    [InlineData("[x](<http://e.example>)")]
    [InlineData("> [q]: http://e.example\n\n[q]")]
    [InlineData("<!-- x --><iframe src=http://e.example></iframe>")]
    [InlineData("![[a]](http://e.example/(((x)")]
    [InlineData("[a]\\(http://e.example) <p")]
    public void Shown_as_Markdown_it_holds_no_link_no_image_and_no_html(string text)
    {
        var html = Markdown.ToHtml(AnswerSanitizer.Clean(text, 3), Everything);

        using var page = new HtmlParser().ParseDocument(html);
        Assert.Empty(page.QuerySelectorAll("a, img, script, svg, iframe, object, embed, form, link, style, [href], [src], [style]"));
    }
}
