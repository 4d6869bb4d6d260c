using System.Text;
using ProgressHub.Workloads.Knowledge.Documents;

namespace ProgressHub.Tests.Workloads.Knowledge.Documents;

public sealed class OfficeDocumentTests
{
    [Fact]
    public void Word_gives_headings_lists_and_tables()
    {
        var document = Reading.One("guide.docx", Written.Word(
            Written.Paragraph("The lamp", "Title"), Written.Paragraph("Lighting", "Heading1"), Written.Paragraph("Trim the wick."),
            Written.Paragraph("first", item: true), Written.Paragraph("second", item: true), Written.Paragraph("Prices", "Heading2"),
            Written.Table(
                [Written.Paragraph("Item"), Written.Paragraph("Price")], [Written.Paragraph("Wick"), Written.Paragraph("2.50")],
                [Written.Paragraph("Set"), Written.Table([Written.Paragraph("Glass"), Written.Paragraph("9.00")])])));

        Assert.Equal("The lamp", document.Title);
        var text = document.Sections.Single(s => s.Heading == "Lighting" && s.Text.Length > 0);
        Assert.Equal("Trim the wick.\n- first\n- second", text.Text);
        var table = document.Sections.Single(s => s.Kind == SectionKind.Table);
        Assert.Equal(("Prices", "Item | Price", "Wick | 2.50\nSet | Glass 9.00"), (table.Heading, table.Header, table.Text));
    }

    [Fact]
    public void Word_without_anything_but_its_words_is_read()
    {
        const string types = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>""";
        const string links = """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>""";
        const string words = """<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Within thirty days.</w:t></w:r></w:p></w:body></w:document>""";

        var document = Reading.One("a.docx", Written.Zip(("[Content_Types].xml", types), ("_rels/.rels", links), ("word/document.xml", words)));

        Assert.Equal("Within thirty days.", document.Sections.Single().Text);
    }

    [Fact]
    public void A_sheet_is_a_table_whose_rows_have_their_numbers()
    {
        var rows = Enumerable.Range(1, 300).Select(i => new { Part = $"W-{i:000}", Price = i + 0.5 });

        var document = Reading.One("parts.xlsx", Written.Excel(new Dictionary<string, object> { ["Parts"] = rows, ["Notes"] = new[] { new { Note = "Closed on Sundays" } } }));

        var table = document.Sections[0];
        Assert.Equal(("Parts", "Part | Price", 2), (table.Heading, table.Header, table.Line));
        Assert.StartsWith("W-001 | 1.5\nW-002 | 2.5", table.Text, StringComparison.Ordinal);
        Assert.Contains(document.Sections, s => s.Heading == "Notes" && s.Text == "Closed on Sundays");
    }

    [Fact]
    public void A_workbook_under_another_name_is_still_one() =>
        Assert.Contains("Closed", Reading.One("notes.csv", Written.Excel(new[] { new { Note = "Closed" } })).Sections[0].Text, StringComparison.Ordinal);

    [Fact]
    public void Slides_are_pages_with_their_titles()
    {
        var document = Reading.One("talk.pptx", WrittenSlides.Of(("The lamp", "It burns paraffin."), ("The horn", "It is blown in fog.")));

        Assert.Equal([("The lamp", 1, "It burns paraffin."), ("The horn", 2, "It is blown in fog.")], document.Sections.Select(s => (s.Heading, s.Page!.Value, s.Text)));
    }

    [Theory]
    [InlineData("a.docx", "invalid_docx"), InlineData("a.xlsx", "invalid_xlsx"), InlineData("a.pptx", "invalid_pptx"), InlineData("a.txt", "unsupported_format")]
    public void An_archive_that_is_none_of_them_says_so(string name, string code) =>
        Assert.Equal(code, Assert.Single(Reading.Of(name, Written.Zip(("a.txt", "words")))).Fault!.Code);

    [Fact]
    public void A_file_that_unpacks_without_end_is_refused()
    {
        var bomb = Written.Zip(("[Content_Types].xml", "<Types/>"), ("word/document.xml", new string('a', 20_000_000)));

        Assert.Equal("document_too_complex", Assert.Single(Reading.Of("a.docx", bomb)).Fault!.Code);
    }

    [Fact]
    public void Files_cut_short_or_locked_say_so()
    {
        var whole = Written.Word(Written.Paragraph("Words."));
        byte[] locked = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600], .. Encoding.Unicode.GetBytes("EncryptedPackage")];

        Assert.Equal("invalid_docx", Assert.Single(Reading.Of("a.docx", whole[..(whole.Length / 2)])).Fault!.Code);
        Assert.Equal("encrypted_document", Assert.Single(Reading.Of("a.docx", locked)).Fault!.Code);
        Assert.Equal("unsupported_format", Assert.Single(Reading.Of("a.docx", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0])).Fault!.Code);
    }
}
