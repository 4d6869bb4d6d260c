using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using ProgressHub.Workloads.TextFiles;

namespace ProgressHub.Workloads.Translation.Segmentation;

/// <summary>
/// Markdown. A parser says where the words are; all between them within a block (emphasis marks, link targets, code,
/// HTML) is fixed, and all between the blocks (fences, list marks, tables' bars, front matter) is not shown to an engine
/// at all. Words the parser can't place exactly stay untranslated rather than risk the structure.
/// </summary>
internal static partial class MarkdownSegmenter
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePreciseSourceLocation()
        .UseYamlFrontMatter()
        .UsePipeTables()
        .UseGridTables()
        .UseTaskLists()
        .UseFootnotes()
        .UseDefinitionLists()
        .UseEmphasisExtras()
        .UseMathematics()
        .UseAutoLinks()
        .UseCustomContainers()
        .Build();

    public static IReadOnlyList<Piece> Segment(string text)
    {
        if (!MarkdownBounds.Fit(text))
            return PlainSegmenter.Segment(text);
        MarkdownDocument document;
        var shadow = MarkdownShadow.Of(text);
        try
        {
            document = Markdown.Parse(shadow.Text, Pipeline);
        }
        catch (ArgumentException)
        {
            // Nested deeper than the parser allows: as plain text it still translates, and nothing is lost.
            return PlainSegmenter.Segment(text);
        }

        var pieces = new PieceList(text);
        FrontMatterWords.AddToml(text, shadow.FrontMatter, pieces);
        foreach (var block in document.Descendants<Block>())
        {
            if (block.Span.Start >= 0 && block.Span.Start < text.Length && block is LeafBlock or ListItemBlock)
                pieces.StartBlock(LineStart(text, block.Span.Start));
            if (block is LeafBlock { Inline: { } inline } && !IsInGrid(text, block))
                AddInline(text, inline, pieces);
            else if (block is HtmlBlock or YamlFrontMatterBlock)
                AddOther(text, block, pieces);
        }

        foreach (var title in shadow.Titles)
            pieces.Translate(title);
        return pieces.Build();
    }

    private static void AddOther(string text, Block block, PieceList pieces)
    {
        var span = new Span(Math.Max(block.Span.Start, 0), Math.Min(block.Span.End + 1, text.Length));
        if (block is YamlFrontMatterBlock)
            FrontMatterWords.Add(text, span, pieces);
        else
            HtmlWords.Add(text, span, pieces);
    }

    /// <summary>A table drawn with plus signs lives by the width of its words, so it stays as it is.</summary>
    private static bool IsInGrid(string text, Block block)
    {
        for (var parent = block.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is Table && parent.Span.Start >= 0 && parent.Span.Start < text.Length && text[parent.Span.Start] == '+')
                return true;
        }

        return false;
    }

    private static void AddInline(string text, ContainerInline inline, PieceList pieces)
    {
        var words = inline.FindDescendants<LiteralInline>()
            .Where(literal => !IsLabel(text, literal))
            .Select(literal => Place(text, literal))
            .Where(span => !span.IsEmpty)
            .OrderBy(span => span.Start)
            .ToList();
        if (words.Count == 0)
            return;

        List<FixedSpan> between = [];
        var position = words[0].Start;
        foreach (var word in words)
        {
            if (word.Start < position)
                return;
            if (!new Span(position, word.Start).Of(text).Trim(" \t").IsEmpty)
                between.Add(Between(text, new Span(position, word.Start)));
            position = word.End;
        }

        pieces.Translate(new Span(words[0].Start, position), between);
    }

    private static FixedSpan Between(string text, Span gap) => new(
        gap,
        SoftBreak().IsMatch(gap.Of(text)) ? FixedKind.Break
        : Pairs().IsMatch(gap.Of(text)) ? FixedKind.Markup
        : FixedKind.Atom);

    /// <summary>
    /// Where the words of a literal are in the source; empty where what stands there is something else. A table's cell is
    /// said to include the blanks around its words; an escaped character at the beginning is not the engine's.
    /// </summary>
    private static Span Place(string text, LiteralInline literal)
    {
        var (start, end) = (literal.Span.Start, literal.Span.End + 1);
        if (start < 0 || end <= start || end > text.Length)
            return default;
        var words = literal.Content.AsSpan();
        if (literal.IsFirstCharacterEscaped && words.Length > 0 && text[start] == '\\')
        {
            start += 2;
            words = words[1..];
        }

        var source = text.AsSpan(start, Math.Max(end - start, 0));
        var at = words.IsEmpty ? -1 : source.IndexOf(words);
        return at >= 0 && source[..at].Trim(" \t").IsEmpty && source[(at + words.Length)..].Trim(" \t").IsEmpty
            ? new Span(start + at, start + at + words.Length)
            : default;
    }

    /// <summary>Whether the words of a link are what it is looked up by, as in <c>[docs]</c> and <c>[docs][]</c>.</summary>
    private static bool IsLabel(string text, LiteralInline literal)
    {
        for (var parent = literal.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is LinkInline { Reference: not null, Span: var span } && span.Start >= 0 && span.End < text.Length
                && !NamesReference().IsMatch(text.AsSpan(span.Start, span.Length)))
                return true;
        }

        return false;
    }

    private static int LineStart(string text, int position) =>
        text.AsSpan(0, position).LastIndexOfAny('\r', '\n') + 1;

    // Two spaces before the end of a line are a hard break, and stay with the words they follow.
    [GeneratedRegex(@"^[ \t]?(?:\r\n|\n|\r)[ \t>]*$")]
    private static partial Regex SoftBreak();

    // What opens or closes something: emphasis, links and images, strike-through and the like.
    [GeneratedRegex(@"[*_\[\]~^=+<""]")]
    private static partial Regex Pairs();

    [GeneratedRegex(@"\]\[[^\]]+\]$")]
    private static partial Regex NamesReference();
}
