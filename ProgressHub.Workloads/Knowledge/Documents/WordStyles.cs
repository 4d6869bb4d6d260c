using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace ProgressHub.Workloads.Knowledge.Documents;

/// <summary>Which paragraph styles are headings: their names are English in every language of Word, their ids are not.</summary>
internal static class WordStyles
{
    public const string Title = "title";
    private const string Heading = "heading";

    public static Dictionary<string, string> Headings(StyleDefinitionsPart? part)
    {
        // A document without definitions still uses the ids of the English Word.
        var headings = Enumerable.Range(1, 9).ToDictionary(n => $"Heading{n}", _ => Heading, StringComparer.OrdinalIgnoreCase);
        headings["Title"] = Title;
        foreach (var style in part?.Styles?.Elements<Style>() ?? [])
        {
            var name = style.StyleName?.Val?.Value;
            if (style.StyleId?.Value is not { } id || name is null)
                continue;
            if (name.Equals(Title, StringComparison.OrdinalIgnoreCase))
                headings[id] = Title;
            else if (name.StartsWith("heading ", StringComparison.OrdinalIgnoreCase) || style.StyleParagraphProperties?.OutlineLevel?.Val?.Value is < 9)
                headings[id] = Heading;
        }

        return headings;
    }
}
