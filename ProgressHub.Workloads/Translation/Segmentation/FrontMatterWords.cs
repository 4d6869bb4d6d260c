using System.Text.RegularExpressions;

namespace ProgressHub.Workloads.Translation.Segmentation;

/// <summary>The words in the YAML front matter of a Markdown text: titles and descriptions, on one line each.</summary>
internal static partial class FrontMatterWords
{
    public static void Add(string text, Span block, PieceList pieces)
    {
        foreach (Match match in Scalar().Matches(text[block.Start..block.End]))
        {
            var value = match.Groups["value"];
            var span = new Span(block.Start + value.Index, block.Start + value.Index + value.Length);
            pieces.StartBlock(block.Start + match.Index);
            pieces.Translate(span, escaping: YamlScalar.Of(value.Value));
        }
    }

    // A value that begins with an indicator of YAML (a list, an anchor, a block) is no plain text.
    [GeneratedRegex(
        """
        ^(?:title|linkTitle|subtitle|description|summary|excerpt|heading|tagline|sidebar_label|nav_title|menu_title)
        [ \t]*:[ \t]+
        (?<value>"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\r\n]|'')*'|[^\s"'\[\]{}>|*&!%@`#,?:-](?:[^\r\n\#]|(?<!\s)\#)*?)
        [ \t]*(?:[ \t]\#[^\r\n]*)?(?=\r?$)
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.Multiline)]
    private static partial Regex Scalar();
}
