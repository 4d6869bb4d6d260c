using System.Text.RegularExpressions;

namespace ProgressHub.Workloads.Translation.Segmentation;

/// <summary>
/// Catalogues of GNU gettext: an empty <c>msgstr</c> becomes the translation of its <c>msgid</c> (the further plural forms
/// that of <c>msgid_plural</c>). What is translated already, the header, remarks, references and obsolete entries stay as
/// they are.
/// </summary>
/// <remarks>Source: GNU gettext manual, "The Format of PO Files".</remarks>
internal static partial class PoSegmenter
{
    public static IReadOnlyList<Piece> Segment(string text)
    {
        var pieces = new PieceList(text);
        var escaping = PoEscaping.Of(text);
        var entry = new PoEntry();
        foreach (var line in TextLines.Of(text))
        {
            var match = Line().Match(text, line.Content.Start, line.Content.Length);
            var keyword = match.Groups["keyword"].Value;
            if (!match.Success || (entry.HasTargets && keyword is "msgid" or "msgctxt"))
            {
                entry.AddTo(pieces, escaping);
                entry = new PoEntry();
            }

            if (!match.Success)
                continue;
            if (keyword.Length > 0 && !entry.IsBegun)
                pieces.StartBlock(line.Content.Start);
            var quoted = match.Groups["quoted"];
            entry.Add(keyword, new Span(quoted.Index, quoted.Index + quoted.Length), PoEscaping.Read(quoted.Value[1..^1]));
        }

        entry.AddTo(pieces, escaping);
        return pieces.Build();
    }

    [GeneratedRegex(@"\G[ \t\uFEFF]*(?:(?<keyword>msgctxt|msgid_plural|msgid|msgstr(?:\[[0-9]{1,2}\])?)[ \t]+)?(?<quoted>""(?:[^""\\\r\n]|\\.)*"")[ \t]*(?=[\r\n]|\z)")]
    private static partial Regex Line();
}
