using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Presentation;
using A = DocumentFormat.OpenXml.Drawing;

namespace ProgressHub.Workloads.Knowledge.Documents;

/// <summary>The slides of a presentation in their order: their titles are headings, their numbers pages; notes belong to them.</summary>
internal sealed class PowerPointDocuments
{
    /// <summary>Its title; null for none.</summary>
    public string? Title { get; private set; }

    /// <summary>The share of its slides that is read, 0..1; null before the first.</summary>
    public double? Share { get; private set; }

    public IEnumerable<Section> Read(Stream file)
    {
        using var package = PresentationDocument.Open(file, isEditable: false);
        var main = package.PresentationPart ?? throw new InvalidDataException("It has no main part.");
        Title = package.PackageProperties.Title;
        var number = 0;
        List<SlideId> slides = [.. main.Presentation?.SlideIdList?.Elements<SlideId>() ?? []];
        foreach (var slide in slides)
        {
            Share = (double)++number / slides.Count;
            if (slide.RelationshipId?.Value is not { } id || main.GetPartById(id) is not SlidePart part)
                continue;
            foreach (var section in Slide(part, number))
                yield return section;
        }
    }

    private static IEnumerable<Section> Slide(SlidePart part, int number)
    {
        string? heading = null;
        List<string> texts = [];
        foreach (var shape in part.Slide?.Descendants<Shape>() ?? [])
        {
            var kind = shape.NonVisualShapeProperties?.ApplicationNonVisualDrawingProperties?.PlaceholderShape?.Type?.Value;
            var text = Paragraphs(shape);
            if (text.Length == 0)
                continue;
            if (heading is null && (kind == PlaceholderValues.Title || kind == PlaceholderValues.CenteredTitle))
                heading = text.ReplaceLineEndings(" ");
            else
                texts.Add(text);
        }

        yield return new Section(heading, texts.Count > 0 ? string.Join("\n\n", texts) : heading ?? "") { Page = number };
        foreach (var table in part.Slide?.Descendants<A.Table>() ?? [])
        {
            var rows = table.Elements<A.TableRow>().Select(row => TableText.Row(row.Elements<A.TableCell>().Select(Paragraphs)));
            foreach (var section in TableText.Sections(heading, rows, number, line: null))
                yield return section;
        }

        // The other shapes of notes are the slide's picture and number.
        var notes = string.Join("\n\n", (part.NotesSlidePart?.NotesSlide?.Descendants<Shape>() ?? [])
            .Where(s => s.NonVisualShapeProperties?.ApplicationNonVisualDrawingProperties?.PlaceholderShape?.Type?.Value == PlaceholderValues.Body)
            .Select(Paragraphs).Where(t => t.Length > 0));
        if (notes.Length > 0)
            yield return new Section(heading, notes) { Page = number };
    }

    private static string Paragraphs(OpenXmlElement element) => string.Join('\n', element.Descendants<A.Paragraph>()
        .Select(p => string.Concat(p.Descendants<A.Text>().Select(t => t.Text)).Trim()).Where(t => t.Length > 0));
}
