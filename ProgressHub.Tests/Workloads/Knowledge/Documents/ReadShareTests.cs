using System.Text;
using System.Text.Json;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Knowledge.Documents;

namespace ProgressHub.Tests.Workloads.Knowledge.Documents;

/// <summary>How far a file is read is told on the way, whatever it is.</summary>
public sealed class ReadShareTests
{
    private const int Characters = 1_000_000;

    public static TheoryData<string> Names => ["a.txt", "a.html", "a.json", "a.csv", "a.docx", "a.xlsx", "a.pdf", "a.pptx"];

    [Theory, MemberData(nameof(Names))]
    public void It_is_told_in_steps_that_rise(string name)
    {
        var shares = SharesOf(name, Bytes(name));

        Assert.True(shares.Count >= 8, $"{shares.Count} reports");
        Assert.Equal(shares.Order(), shares);
        Assert.All(shares, share => Assert.InRange(share, 0, 1));
        Assert.Contains(shares, share => share is > 0.2 and < 0.7);
    }

    [Fact]
    public void Of_Markdown_it_is_told_once_it_is_HTML() =>
        Assert.True(SharesOf("a.md", Encoding.UTF8.GetBytes(LongTexts.Prose(Characters))).Count(s => s >= 0.4) >= 8);

    [Theory]
    [InlineData("""<html><head><meta charset="iso-8859-1"><title>Größe</title></head><body><p>Grüße aus Köln</p></body></html>""", "utf-8")]
    [InlineData("""<html><head><meta charset="utf-8"></head><body><p>Grüße aus Köln 雨</p></body></html>""", "utf-16")]
    public void Html_is_read_as_the_file_is_encoded_whatever_it_says_of_itself(string html, string encoding)
    {
        var coder = Encoding.GetEncoding(encoding);

        var document = Reading.One("a.html", [.. coder.GetPreamble(), .. coder.GetBytes(html)]);

        Assert.StartsWith("Grüße aus Köln", document.Sections.Single().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_workbook_that_does_not_say_how_many_rows_it_has_is_read_all_the_same()
    {
        var document = Reading.One("a.xlsx", Written.Excel(Enumerable.Range(1, 50).Select(i => new { Part = $"W-{i}" })));

        Assert.Contains("W-50", document.Sections[^1].Text, StringComparison.Ordinal);
    }

    private static List<double> SharesOf(string name, byte[] bytes)
    {
        List<double> shares = [];
        using var file = new MemoryStream(bytes);
        DocumentReader.Read(name, file, piece =>
        {
            Assert.Null(piece.Code);
            if (piece.Share is { } share)
                shares.Add(share);
        });
        return shares;
    }

    // A workbook that says, as those of Excel do, how many rows it has.
    private static (string Name, string Text)[] Workbook(string[] texts)
    {
        var rows = string.Concat(texts.Select((text, i) => $"""<row r="{i + 1}"><c r="A{i + 1}" t="inlineStr"><is><t>{text}</t></is></c></row>"""));
        return
        [
            ("[Content_Types].xml", """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"""),
            ("_rels/.rels", """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"""),
            ("xl/workbook.xml", """<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Texts" sheetId="1" r:id="r1"/></sheets></workbook>"""),
            ("xl/_rels/workbook.xml.rels", """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"""),
            ("xl/worksheets/sheet1.xml", $"""<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:A{texts.Length}"/><sheetData>{rows}</sheetData></worksheet>"""),
        ];
    }

    private static byte[] Bytes(string name)
    {
        string[] paragraphs = LongTexts.Prose(Characters).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        return Path.GetExtension(name) switch
        {
            ".html" => Encoding.UTF8.GetBytes(string.Concat(paragraphs.Select(p => $"<p>{p}</p>"))),
            ".json" => JsonSerializer.SerializeToUtf8Bytes(paragraphs.Select((text, id) => new { id, text })),
            ".csv" => Encoding.UTF8.GetBytes("id,text\n" + string.Concat(paragraphs.Select((text, id) => $"{id},\"{text}\"\n"))),
            ".docx" => Written.Word([.. paragraphs.Select(p => Written.Paragraph(p))]),
            ".xlsx" => Written.Zip(Workbook(paragraphs)),
            ".pdf" => Written.Pdf([.. Enumerable.Range(1, 60).Select(page => new[] { (50.0, 700.0, $"Page {page} tells of the lamp.") })]),
            ".pptx" => WrittenSlides.Of([.. Enumerable.Range(1, 60).Select(slide => ($"Slide {slide}", "It tells of the lamp."))]),
            _ => Encoding.UTF8.GetBytes(string.Join("\n\n", paragraphs)),
        };
    }
}
