using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace ProgressHub.Workloads.Knowledge.Documents;

/// <summary>The text of a Word document by its headings, with its lists and tables; a block of it is in memory at a time.</summary>
internal sealed class WordDocuments
{
    private const int SectionCharacters = 64 * 1024;

    private readonly StringBuilder _text = new();
    private Dictionary<string, string> _headings = [];
    private string? _heading;

    /// <summary>Its title; null for none.</summary>
    public string? Title { get; private set; }

    /// <summary>The share of its text that is read, 0..1; null where that can't be said.</summary>
    public double? Share { get; private set; }

    public IEnumerable<Section> Read(Stream file)
    {
        var sizes = PackageSizes.Of(file);
        using var package = WordprocessingDocument.Open(file, isEditable: false);
        var main = package.MainDocumentPart ?? throw new InvalidDataException("It has no main part.");
        Title = package.PackageProperties.Title;
        _headings = WordStyles.Headings(main.StyleDefinitionsPart);
        foreach (var section in Blocks(main, sizes))
            yield return section;
        foreach (var section in Flush())
            yield return section;
        if (main.FootnotesPart is not { } notes)
            yield break;
        _heading = "Footnotes";
        foreach (var section in Blocks(notes, PackageSizes.None).Concat(Flush()))
            yield return section;
    }

    private IEnumerable<Section> Blocks(OpenXmlPart part, PackageSizes sizes)
    {
        var size = sizes.OfPart(part.Uri);
        using var stream = new CountedStream(part.GetStream(FileMode.Open, FileAccess.Read));
        using var reader = new OpenXmlPartReader(stream, part.Features, new OpenXmlPartReaderOptions());
        var more = reader.Read();
        while (more)
        {
            if (!reader.IsStartElement || (reader.ElementType != typeof(Paragraph) && reader.ElementType != typeof(Table)))
            {
                more = reader.Read();
                continue;
            }

            // Loading an element leaves the reader behind it.
            var element = reader.LoadCurrentElement();
            Share = size > 0 ? Math.Min(1, (double)stream.Taken / size.Value) : Share;
            foreach (var section in element is Table table ? TableSections(table) : ParagraphSections((Paragraph)element!))
                yield return section;
            more = !reader.EOF && (reader.IsStartElement || reader.Read());
        }
    }

    private IEnumerable<Section> ParagraphSections(Paragraph paragraph)
    {
        var text = WordText.Of(paragraph).Trim();
        if (text.Length == 0)
            yield break;
        var style = paragraph.ParagraphProperties?.ParagraphStyleId?.Val?.Value;
        if (style is not null && _headings.TryGetValue(style, out var kind))
        {
            foreach (var section in Flush())
                yield return section;
            if (kind == WordStyles.Title)
                Title = string.IsNullOrWhiteSpace(Title) ? text : Title;
            _heading = text;
            yield return new Section(_heading, "");
            yield break;
        }

        var isItem = paragraph.ParagraphProperties?.NumberingProperties is not null;
        _text.Append(_text.Length == 0 ? "" : isItem ? "\n" : "\n\n").Append(isItem ? "- " : "").Append(text);
        if (_text.Length < SectionCharacters)
            yield break;
        foreach (var section in Flush())
            yield return section;
    }

    private IEnumerable<Section> TableSections(Table table)
    {
        foreach (var section in Flush())
            yield return section;
        var rows = table.Elements<TableRow>().Select(row => TableText.Row(row.Elements<TableCell>().Select(WordText.Of))).Where(r => r.Length > 0);
        foreach (var section in TableText.Sections(_heading, rows, page: null, line: null))
            yield return section;
    }

    private IEnumerable<Section> Flush()
    {
        if (_text.Length > 0)
            yield return new Section(_heading, _text.ToString());
        _text.Clear();
    }
}
