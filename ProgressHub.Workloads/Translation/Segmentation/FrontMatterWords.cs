using System.Text.RegularExpressions;

namespace ProgressHub.Workloads.Translation.Segmentation;

/// <summary>The words in the front matter of a Markdown text, YAML or TOML: titles and descriptions, on one line each.</summary>
internal static partial class FrontMatterWords
{
    public static void Add(string text, Span block, PieceList pieces) => Add(text, block, Scalar(), pieces);

    /// <summary>Of TOML only basic strings: their escapes are those of YAML's double quotes, and literal ones have none.</summary>
    public static void AddToml(string text, Span block, PieceList pieces) => Add(text, block, TomlString(), pieces);

    private static void Add(string text, Span block, Regex values, PieceList pieces)
    {
        foreach (Match match in values.Matches(text[block.Start..block.End]))
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

    [GeneratedRegex(
        """
        ^(?:title|linkTitle|subtitle|description|summary|excerpt|heading|tagline|sidebar_label|nav_title|menu_title)
        [ \t]*=[ \t]*(?<value>"(?!"")(?:[^"\\\r\n]|\\.)+")[ \t]*(?:\#[^\r\n]*)?(?=\r?$)
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.Multiline)]
    private static partial Regex TomlString();
}
