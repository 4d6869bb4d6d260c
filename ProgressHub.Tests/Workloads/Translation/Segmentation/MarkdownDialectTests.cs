namespace ProgressHub.Tests.Workloads.Translation.Segmentation;

/// <summary>What writers add to Markdown: front matter, HTML, alerts, admonitions, MDX.</summary>
public sealed class MarkdownDialectTests
{
    [Theory]
    [InlineData("> [!NOTE]\n> Useful words.\n", "> [!NOTE]\n> USEFUL WORDS.\n")]
    [InlineData("> [!tip]- A title\n> Body.\n", "> [!tip]- A TITLE\n> BODY.\n")]
    [InlineData("- item\n\n  > [!WARNING]\n  > Mind it.\n", "- ITEM\n\n  > [!WARNING]\n  > MIND IT.\n")]
    [InlineData(":::note Be careful\n\nBody *here*.\n\n:::\n", ":::note BE CAREFUL\n\nBODY *HERE*.\n\n:::\n")]
    [InlineData(":::tip[A title]\n\nBody.\n\n:::\n", ":::tip[A TITLE]\n\nBODY.\n\n:::\n")]
    [InlineData("!!! note \"A title\"\n\n    Body of it.\n\n    More `code` here.\n\nAfter.\n", "!!! note \"A TITLE\"\n\n    BODY OF IT.\n\n    MORE `code` HERE.\n\nAFTER.\n")]
    [InlineData("??? warning\n    Body of it.\n", "??? warning\n    BODY OF IT.\n")]
    [InlineData("!!! note\n    Outer.\n\n    !!! tip\n        Inner.\n\n    Outer again.\n", "!!! note\n    OUTER.\n\n    !!! tip\n        INNER.\n\n    OUTER AGAIN.\n")]
    public void An_alert_keeps_its_kind_and_gets_its_words(string text, string expected) => Assert.Equal(expected, Upper(text));

    [Theory]
    [InlineData("import Tabs from '@theme/Tabs';\nimport {\n  One,\n  Two\n} from \"./two\";\n\n# Title\n\nimport taxes are high.\n",
        "import Tabs from '@theme/Tabs';\nimport {\n  One,\n  Two\n} from \"./two\";\n\n# TITLE\n\nIMPORT TAXES ARE HIGH.\n")]
    [InlineData("export const meta = {\n  title: 'Words here',\n\n  more: 'Words'\n};\n\nText {props.name} here.\n",
        "export const meta = {\n  title: 'Words here',\n\n  more: 'Words'\n};\n\nTEXT {props.name} HERE.\n")]
    [InlineData("{/* a remark of the writer */}\n\nText.\n", "{/* a remark of the writer */}\n\nTEXT.\n")]
    [InlineData("{props.items.map(i => <li key={i}>{i}</li>)}\n\nText.\n", "{props.items.map(i => <li key={i}>{i}</li>)}\n\nTEXT.\n")]
    [InlineData("{n, plural, one {a file (small)} other {files}}\n", "{n, plural, one {A FILE (SMALL)} other {FILES}}\n")]
    [InlineData("<Tabs items={['one','two']}>\n\nText.\n\n</Tabs>\n", "<Tabs items={['one','two']}>\n\nTEXT.\n\n</Tabs>\n")]
    [InlineData("<Tabs\n  defaultValue=\"one\"\n  values={[\n    {label: 'One', value: 'one'},\n  ]}>\n<TabItem value=\"one\">Words here.</TabItem>\n</Tabs>\n",
        "<Tabs\n  defaultValue=\"one\"\n  values={[\n    {label: 'One', value: 'one'},\n  ]}>\n<TabItem value=\"one\">WORDS HERE.</TabItem>\n</Tabs>\n")]
    [InlineData("Before.\n\n<Button\n  onClick={() => { go('far > away'); }}\n/>\n\nAfter.\n", "BEFORE.\n\n<Button\n  onClick={() => { go('far > away'); }}\n/>\n\nAFTER.\n")]
    [InlineData("a < b and {c} > d.\n", "A < B AND {c} > D.\n")]
    public void Code_of_mdx_stays(string text, string expected) => Assert.Equal(expected, Upper(text));

    [Theory]
    [InlineData("See [[Light House|the lamp]] and [[Start]].\n", "SEE [[Light House|THE LAMP]] AND [[Start]].\n")]
    [InlineData("Look: ![[picture.png|300]] here ^block-1\n", "LOOK: ![[picture.png|300]] HERE ^block-1\n")]
    [InlineData("[toc]\n\nText.\n\n[[_toc_]]\n", "[toc]\n\nTEXT.\n\n[[_toc_]]\n")]
    [InlineData("The HTML is short.\n\n*[HTML]: a language\n", "THE HTML IS SHORT.\n\n*[HTML]: A LANGUAGE\n")]
    public void Links_and_marks_of_wikis_stay(string text, string expected) => Assert.Equal(expected, Upper(text));

    [Theory]
    [InlineData("<details>\n<summary>More of <b>this</b></summary>\n\nHidden.\n\n</details>\n", "<details>\n<summary>MORE OF <b>THIS</b></summary>\n\nHIDDEN.\n\n</details>\n")]
    [InlineData("<table><tr><td>Cell words</td><td>2</td></tr></table>\n", "<table><tr><td>CELL WORDS</td><td>2</td></tr></table>\n")]
    [InlineData("<pre>kept as is</pre>\n", "<pre>kept as is</pre>\n")]
    [InlineData("<script>var kept = 'as is';</script>\n", "<script>var kept = 'as is';</script>\n")]
    [InlineData("<!-- kept --><p>Said</p>\n", "<!-- kept --><p>SAID</p>\n")]
    public void Words_in_html_are_translated_and_its_code_is_not(string text, string expected) => Assert.Equal(expected, Upper(text));

    [Theory]
    [InlineData("title = \"Welcome \\\"home\\\"\" # remark", "title = \"WELCOME \\\"HOME\\\"\" # remark")]
    [InlineData("title = 'as it is'\ntags = [\"a\", \"b\"]", "title = 'as it is'\ntags = [\"a\", \"b\"]")]
    public void Titles_in_front_matter_of_toml_are_translated_and_all_else_stays(string line, string expected) =>
        Assert.Equal($"+++\n{expected}\nweight = 3\n+++\n\nTEXT.\n", Upper($"+++\n{line}\nweight = 3\n+++\n\nText.\n"));

    [Theory]
    [InlineData("title: Welcome home", "title: WELCOME HOME")]
    [InlineData("title: \"Say \\\"hi\\\": now\" # remark", "title: \"SAY \\\"HI\\\": NOW\" # remark")]
    [InlineData("description: 'It''s so'", "description: 'IT''S SO'")]
    [InlineData("slug: welcome-home", "slug: welcome-home")]
    [InlineData("title: [a, b]", "title: [a, b]")]
    [InlineData("tags:\n  - one\ntitle: >-\n  folded words", "tags:\n  - one\ntitle: >-\n  folded words")]
    public void Titles_in_the_front_matter_are_translated_and_stay_yaml(string line, string expected) =>
        Assert.Equal($"---\n{expected}\n---\n\nTEXT.\n", Upper($"---\n{line}\n---\n\nText.\n"));

    [Fact]
    public void A_translation_that_plain_yaml_can_not_hold_is_quoted() => Assert.Equal(
        "---\ntitle: \"Note: \\\"x\\\"\"\n---\n", Cut.Translate("---\ntitle: Words\n---\n", "markdown", 1000, _ => "Note: \"x\""));

    [Fact]
    public void Code_in_a_fence_is_never_taken_for_something_else()
    {
        const string text = "```js\n\nimport x from 'y';\n> [!NOTE]\n!!! note \"t\"\n    body\n```\n";

        Assert.Equal(text, Upper(text));
    }

    [Theory]
    [InlineData("![a](")]
    [InlineData("[a](")]
    [InlineData("*a **b ")]
    [InlineData("[a]: b\n")]
    [InlineData("<div>")]
    [InlineData("> ")]
    public async Task What_would_keep_a_parser_busy_is_taken_as_plain_text(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 600_000 / piece.Length));

        var batches = await Task.Run(() => Cut.Batches(text, "markdown", 1200)).WaitAsync(Support.Patience.Limit);

        Assert.Equal(text.Length, batches[^1].Span.End);
    }

    private static string Upper(string text) => Cut.Translate(text, "markdown", 1000, s => s.ToUpperInvariant());
}
