namespace ProgressHub.Workloads.Translation.Segmentation;

/// <summary>
/// The words in a block of HTML within Markdown: what stands between tags that are blocks of their own. Tags within a
/// sentence stay in its piece, as fixed. Code, scripts and whatever has a brace of JSX in it stay as they are.
/// </summary>
internal static class HtmlWords
{
    private static readonly HashSet<string> Inline = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "i", "img", "kbd", "mark", "q", "s", "samp", "small", "span",
        "strong", "sub", "sup", "time", "u", "var", "wbr",
    };

    private static readonly HashSet<string> Opaque = new(StringComparer.OrdinalIgnoreCase)
    {
        "script", "style", "pre", "textarea", "svg", "math", "template",
    };

    public static void Add(string text, Span block, PieceList pieces)
    {
        if (block.Of(text).Contains('{'))
            return;
        var words = block.Start;
        var position = block.Start;
        while (position < block.End && text.IndexOf('<', position, block.End - position) is var tag and >= 0)
        {
            var end = EndOfTag(text, tag, block.End);
            var name = NameOf(text, tag, end);
            if (Opaque.Contains(name))
                end = EndOfElement(text, name, end, block.End);
            if (name.Length == 0 || !Inline.Contains(name))
            {
                pieces.Translate(new Span(words, tag));
                words = end;
            }

            position = end;
        }

        pieces.Translate(new Span(words, block.End));
    }

    private static int EndOfTag(string text, int tag, int limit)
    {
        var isComment = text.AsSpan(tag, limit - tag).StartsWith("<!--", StringComparison.Ordinal);
        var close = isComment ? "-->" : ">";
        var end = text.AsSpan(tag, limit - tag).IndexOf(close, StringComparison.Ordinal);
        return end < 0 ? limit : tag + end + close.Length;
    }

    private static int EndOfElement(string text, string name, int position, int limit)
    {
        var end = text.AsSpan(position, limit - position).IndexOf($"</{name}", StringComparison.OrdinalIgnoreCase);
        return end < 0 ? limit : EndOfTag(text, position + end, limit);
    }

    private static string NameOf(string text, int tag, int end)
    {
        var name = text.AsSpan(tag + 1, end - tag - 1).TrimStart('/');
        var length = name.IndexOfAnyExcept(System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"));
        return (length < 0 ? name : name[..length]).ToString();
    }
}
