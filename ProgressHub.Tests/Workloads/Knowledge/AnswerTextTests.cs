using AngleSharp.Html.Parser;
using Markdig;
using ProgressHub.Core.Workloads.Knowledge.Ask;

namespace ProgressHub.Tests.Workloads.Knowledge;

public sealed class AnswerTextTests
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
    public void An_answer_leads_nowhere_and_cites_what_there_is(string text, string clean) => Assert.Equal(clean, AnswerText.Clean(text, 3));

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
        var html = Markdown.ToHtml(AnswerText.Clean(text, 3), Everything);

        using var page = new HtmlParser().ParseDocument(html);
        Assert.Empty(page.QuerySelectorAll("a, img, script, svg, iframe, object, embed, form, link, style, [href], [src], [style]"));
    }
}
