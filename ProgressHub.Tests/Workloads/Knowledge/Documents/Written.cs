using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using MiniExcelLibs;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;

namespace ProgressHub.Tests.Workloads.Knowledge.Documents;

/// <summary>Files as programs write them.</summary>
internal static class Written
{
    /// <summary>A PDF with a page for each list of words, each at its place; a page without words holds a picture.</summary>
    public static byte[] Pdf(params (double X, double Y, string Text)[][] pages)
    {
        using var builder = new PdfDocumentBuilder();
        var font = builder.AddStandard14Font(Standard14Font.Helvetica);
        foreach (var words in pages)
        {
            var page = builder.AddPage(UglyToad.PdfPig.Content.PageSize.A4);
            foreach (var (x, y, text) in words)
                page.AddText(text, 11, new PdfPoint(x, y), font);
            if (words.Length == 0)
                page.AddPng(Convert.FromBase64String(OnePixel), new PdfRectangle(0, 0, 500, 700));
        }

        return builder.Build();
    }

    public static byte[] Word(params OpenXmlElement[] blocks)
    {
        using var memory = new MemoryStream();
        using (var package = WordprocessingDocument.Create(memory, WordprocessingDocumentType.Document))
            package.AddMainDocumentPart().Document = new Document(new Body(blocks));
        return memory.ToArray();
    }

    public static Paragraph Paragraph(string text, string? style = null, bool item = false)
    {
        var properties = new ParagraphProperties();
        if (style is not null)
            properties.ParagraphStyleId = new ParagraphStyleId { Val = style };
        if (item)
            properties.NumberingProperties = new NumberingProperties(new NumberingId { Val = 1 });
        return new Paragraph(properties, new Run(new Text(text) { Space = SpaceProcessingModeValues.Preserve }));
    }

    public static Table Table(params OpenXmlElement[][] rows) =>
        new(rows.Select(row => new TableRow(row.Select(cell => new TableCell(cell, new Paragraph())))));

    public static byte[] Excel(object sheets)
    {
        using var memory = new MemoryStream();
        memory.SaveAs(sheets);
        return memory.ToArray();
    }

    public static byte[] Zip(params (string Name, string Text)[] parts)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var part = zip.CreateEntry(name).Open();
                part.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return memory.ToArray();
    }

    private const string OnePixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
}
