using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace ProgressHub.Workloads.Knowledge.Documents;

/// <summary>The words of a part of a Word document, those of nested tables and text boxes too.</summary>
internal static class WordText
{
    private const int MaxDepth = 100;

    public static string Of(OpenXmlElement element)
    {
        var text = new StringBuilder();
        Append(element, text, 0);
        return text.ToString();
    }

    private static void Append(OpenXmlElement parent, StringBuilder text, int depth)
    {
        if (depth > MaxDepth)
            throw new InvalidDataException("It is nested too deeply.");
        foreach (var child in parent.ChildElements)
        {
            switch (child)
            {
                case Text words:
                    text.Append(words.Text);
                    break;
                case TabChar:
                    text.Append('\t');
                    break;
                case Break or CarriageReturn:
                    text.Append('\n');
                    break;
                case NoBreakHyphen:
                    text.Append('-');
                    break;
                case AlternateContentFallback or DeletedRun or FieldCode:
                    break;
                case TableCell cell:
                    Append(cell, text, depth + 1);
                    text.Append(' ');
                    break;
                case Paragraph or TableRow when text.Length > 0 && text[^1] != '\n':
                    text.Append('\n');
                    Append(child, text, depth + 1);
                    break;
                default:
                    Append(child, text, depth + 1);
                    break;
            }
        }
    }
}
