using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Presentation;
using A = DocumentFormat.OpenXml.Drawing;

namespace ProgressHub.Tests.Workloads.Knowledge.Documents;

/// <summary>Presentations as programs write them.</summary>
internal static class WrittenSlides
{
    public static byte[] Of(params (string Title, string Text)[] slides)
    {
        using var memory = new MemoryStream();
        using (var package = PresentationDocument.Create(memory, PresentationDocumentType.Presentation))
        {
            var main = package.AddPresentationPart();
            var list = new SlideIdList();
            main.Presentation = new Presentation(list);
            foreach (var (index, (title, text)) in slides.Index())
            {
                var part = main.AddNewPart<SlidePart>();
                part.Slide = new Slide(new CommonSlideData(new ShapeTree(Shape(title, PlaceholderValues.Title), Shape(text, PlaceholderValues.Body))));
                list.Append(new SlideId { Id = (uint)(256 + index), RelationshipId = main.GetIdOfPart(part) });
            }
        }

        return memory.ToArray();
    }

    private static Shape Shape(string text, PlaceholderValues kind) => new(
        new NonVisualShapeProperties(
            new NonVisualDrawingProperties { Id = 1, Name = "s" }, new NonVisualShapeDrawingProperties(),
            new ApplicationNonVisualDrawingProperties(new PlaceholderShape { Type = kind })),
        new ShapeProperties(), new TextBody(new A.BodyProperties(), new A.Paragraph(new A.Run(new A.Text(text)))));
}
