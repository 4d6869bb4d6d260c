using System.Text;
using ProgressHub.Workloads.Knowledge.Chunking;
using ProgressHub.Workloads.Knowledge.Documents;

namespace ProgressHub.Tests.Workloads.Knowledge.Documents;

public sealed class DocumentReaderTests
{
    [Fact]
    public void A_text_is_a_document_by_its_name()
    {
        var document = One("notes.txt", "First line\r\n\r\nSecond paragraph");

        Assert.Equal(("notes.txt", "notes"), (document.Id, document.Title));
        Assert.Equal("First line\n\nSecond paragraph", document.Sections.Single().Text);
    }

    [Theory]
    [InlineData("utf-8"), InlineData("utf-16"), InlineData("utf-16BE")]
    public void A_byte_order_mark_tells_the_encoding(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes("雨過橋晴 é")];

        Assert.Equal("雨過橋晴 é", Assert.Single(Reading.Of("a.txt", bytes)).Document!.Sections[0].Text);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_reported() => Assert.Equal("not_text", Fault("a.md", "a\0b"u8.ToArray()).Code);

    [Theory]
    [InlineData("a.pdf", "invalid_pdf"), InlineData("a.docx", "invalid_docx"), InlineData("a.xlsx", "invalid_xlsx"), InlineData("a.pptx", "invalid_pptx")]
    [InlineData("a", "empty_document"), InlineData("a.doc", "unsupported_format")]
    [InlineData("a.txt", "empty_document"), InlineData("a.csv", "empty_document"), InlineData("a.json", "invalid_json")]
    [InlineData("a.html", "empty_document"), InlineData("a.md", "empty_document")]
    public void What_can_not_be_read_says_so(string name, string code) => Assert.Equal(code, Fault(name, "  "u8.ToArray()).Code);

    [Fact]
    public void Html_gives_its_text_by_headings_and_nothing_that_is_not_read()
    {
        var document = One("page.html", """
            <html><head><title>The  lamp</title><style>p{}</style></head><body>
            <script>alert('never')</script><h1>Lighting</h1><p>Trim the <b>wick</b>,<br>then wait.</p>
            <ul><li>one</li><li>two</li></ul><h2>After</h2><table><tr><td>a</td><td>b</td></tr></table>
            <img src="http://evil.example/x.png" alt="no"><p hidden>not shown</p></body></html>
            """);

        Assert.Equal("The lamp", string.Join(' ', document.Title.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal(["Lighting", "After"], document.Sections.Select(s => s.Heading));
        Assert.Equal("Trim the wick,\nthen wait.\n\none\n\ntwo", document.Sections[0].Text);
        Assert.Equal("a b", document.Sections[1].Text);
        Assert.DoesNotContain("never", string.Concat(document.Sections.Select(s => s.Text)), StringComparison.Ordinal);
    }

    [Fact]
    public void Html_nested_without_end_is_refused()
    {
        var html = string.Concat(Enumerable.Repeat("<div>", 3000)) + "deep";

        Assert.Equal("invalid_html", Fault("a.html", Encoding.UTF8.GetBytes(html)).Code);
    }

    [Fact]
    public void Markdown_gives_its_text_by_headings()
    {
        var document = One("guide.md", "---\nx: y\n---\n# Guide\n\nUse **care** and [a link](http://x.y).\n\n## Lamp\n\n- trim\n- light\n");

        Assert.Equal("Guide", document.Title);
        Assert.Equal(["Guide", "Lamp"], document.Sections.Select(s => s.Heading));
        Assert.Equal("Use care and a link.", document.Sections[0].Text);
        Assert.Equal("trim\n\nlight", document.Sections[1].Text);
    }

    [Fact]
    public void A_row_of_a_table_is_a_document_and_a_broken_row_keeps_the_others()
    {
        var items = Read("deck.csv", "id;title;text;Level\n1;One;\"First; \"\"quoted\"\"\nline\";good\n2;Two;too;many;fields\n3;Three;Third;bad\n4;Four;;\n");

        Assert.Equal(["1", "3"], items.Where(i => i.Document is not null).Select(i => i.Document!.Id));
        Assert.Equal("First; \"quoted\"\nline", items[0].Document!.Sections[0].Text);
        Assert.Equal(("good", "1"), (items[0].Document!.Attributes["level"], items[0].Document!.Attributes["number"]));
        Assert.Equal(["invalid_csv", "empty_document"], items.Where(i => i.Fault is not null).Select(i => i.Fault!.Code));
        Assert.Equal("deck.csv#4", items[1].Name);
    }

    [Fact]
    public void A_table_without_a_text_column_is_its_columns()
    {
        var document = Assert.Single(Read("t.csv", "city,people\nOslo,700000\n")).Document!;

        Assert.Equal("city: Oslo\npeople: 700000", document.Sections[0].Text);
        Assert.Equal("Oslo", document.Attributes["city"]);
        Assert.Equal("invalid_csv", Fault("t.csv", "a,b\n\"never closed"u8.ToArray()).Code);
    }

    [Fact]
    public void An_entry_of_a_deck_is_a_document_and_a_broken_one_keeps_the_others()
    {
        var items = Read("deck.json", """[{"id":7,"title":"Seven","text":"a","attributes":{"Level":"x","n":1}},{"title":"no text"},5,{"text":"b","number":9}]""");

        Assert.Equal(("7", "Seven", "7", "x"), (items[0].Document!.Id, items[0].Document!.Title, items[0].Document!.Attributes["number"], items[0].Document!.Attributes["level"]));
        Assert.Equal(["invalid_document", "invalid_document"], items.Skip(1).Take(2).Select(i => i.Fault!.Code));
        Assert.Equal(("deck.json#4", "9"), (items[3].Document!.Id, items[3].Document!.Attributes["number"]));
        Assert.Contains("Line 2", Fault("bad.json", "[\n{]"u8.ToArray()).Message, StringComparison.Ordinal);
        Assert.Equal("invalid_text", Fault("half.json", """[{"text":"\ud83d"}]"""u8.ToArray()).Code);
    }

    [Fact]
    public void A_change_of_anything_changes_the_hash_and_nothing_else_does()
    {
        var one = One("a.json", """[{"id":"a","title":"t","text":"x","attributes":{"p":"1","q":"2"}}]""");
        var same = One("a.json", """[{"attributes":{"q":"2","p":"1"},"text":"x","title":"t","id":"a"}]""");
        var other = One("a.json", """[{"id":"a","title":"t","text":"x","attributes":{"p":"1","q":"3"}}]""");

        Assert.Equal(one.ContentHash(), same.ContentHash());
        Assert.NotEqual(one.ContentHash(), other.ContentHash());
    }

    [Theory]
    [InlineData("The keeper winds the clock. ", 900), InlineData("守燈人上緊發條。", 350)]
    public void Long_texts_are_cut_at_sentences_and_lose_nothing(string sentence, int longest)
    {
        var text = string.Concat(Enumerable.Repeat(sentence, 200)).Trim();

        var chunks = Chunker.Cut(new SourceDocument("a", "a", [new Section("Head", text)], new Dictionary<string, string>()));

        Assert.True(chunks.Count > 3);
        Assert.All(chunks, c => Assert.InRange(c.Text.Length, 1, longest));
        Assert.All(chunks, c => Assert.EndsWith(sentence.Trim()[^1].ToString(), c.Text.TrimEnd(), StringComparison.Ordinal));
        Assert.Equal(Bare(text), Bare(string.Concat(chunks.Select(c => c.Text))));
    }

    [Fact]
    public void A_text_without_any_end_is_cut_all_the_same_and_not_within_a_character()
    {
        var text = string.Concat(Enumerable.Repeat("😀", 2000));

        var chunks = Chunker.Cut(new SourceDocument("a", "a", [new Section(null, text)], new Dictionary<string, string>()));

        Assert.Equal(text, string.Concat(chunks.Select(c => c.Text)));
        Assert.All(chunks, c => Assert.False(char.IsLowSurrogate(c.Text[0])));
    }

    private static string Bare(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    [Theory]
    [InlineData("notes.MD", 10, null)]
    [InlineData("page.htm", 10, null)]
    [InlineData("photo.png", 10, "unsupported_format")]
    [InlineData("paper.pdf", 10, null)]
    [InlineData("README", 10, null)]
    [InlineData("letter.doc", 10, "unsupported_format")]
    [InlineData("huge.txt", DocumentReader.MaxFileBytes + 1, "file_too_large")]
    public void What_can_not_be_read_is_known_by_name_and_size_before_it_is_sent(string name, long bytes, string? code) =>
        Assert.Equal(code, DocumentReader.Refuse(name, bytes)?.Code);

    private static IReadOnlyList<ReadItem> Read(string name, string text) => Reading.Of(name, Encoding.UTF8.GetBytes(text));

    private static SourceDocument One(string name, string text) => Assert.Single(Read(name, text)).Document!;

    private static Core.Workloads.WorkloadException Fault(string name, byte[] bytes) => Assert.Single(Reading.Of(name, bytes)).Fault!;
}
