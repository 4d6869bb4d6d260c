using ProgressHub.Workloads.Knowledge.Documents;

namespace ProgressHub.Workloads.Knowledge.Chunking;

/// <summary>What may not be cut any further.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Separator">What stands between it and the one before, where both are in one passage.</param>
/// <param name="Line">The line in which it begins, from 1; null where that means nothing.</param>
internal readonly record struct TextPiece(string Text, string Separator, int? Line);

/// <summary>Cuts a section into pieces that fit into a passage each; tables and code into some twice as long at most.</summary>
internal static class SectionPieces
{
    private const string BetweenParagraphs = "\n\n";

    public static IEnumerable<TextPiece> Of(Section section, int longest) => section.Kind switch
    {
        SectionKind.Table => Table(section, longest),
        SectionKind.Lines => Lines(section.Text, "", longest, section.Line),
        SectionKind.Code when section.Text.Length <= 2 * longest => [new TextPiece(section.Text, BetweenParagraphs, section.Line)],
        SectionKind.Code => Lines(section.Text, "", longest, section.Line),
        _ => Prose(section, longest),
    };

    private static IEnumerable<TextPiece> Table(Section section, int longest)
    {
        var header = section.Header is null ? "" : $"{Cut(section.Header, longest / 2)}\n";
        return header.Length + section.Text.Length <= 2 * longest
            ? [new TextPiece(header + section.Text, BetweenParagraphs, section.Line)]
            : Lines(section.Text, header, longest, section.Line);
    }

    /// <summary>Whole lines, as many as fit; an empty line in the second half is a better end than any.</summary>
    private static IEnumerable<TextPiece> Lines(string text, string header, int longest, int? line)
    {
        var room = longest - header.Length;
        for (var from = 0; from < text.Length;)
        {
            var to = End(text, from, room);
            var block = text[from..to].TrimEnd('\n', ' ', '\t');
            if (block.Length > 0)
                yield return new TextPiece(header + block, "\n", line);
            line += text.AsSpan(from, to - from).Count('\n');
            from = to;
        }
    }

    private static int End(string text, int from, int room)
    {
        if (text.Length - from <= room)
            return text.Length;
        var some = text.AsSpan(from, room);
        if (some.LastIndexOf(BetweenParagraphs) is var gap && gap > room / 2)
            return from + gap + BetweenParagraphs.Length;
        if (some.LastIndexOf('\n') is >= 0 and var end)
            return from + end + 1;
        return from + (char.IsHighSurrogate(some[^1]) ? room - 1 : room);
    }

    private static IEnumerable<TextPiece> Prose(Section section, int longest)
    {
        var text = section.Text;
        var line = section.Line;
        var counted = 0;
        for (var from = 0; from < text.Length;)
        {
            var end = text.IndexOf(BetweenParagraphs, from, StringComparison.Ordinal) is >= 0 and var gap ? gap : text.Length;
            var paragraph = text[from..end];
            var begin = from + (paragraph.Length - paragraph.TrimStart().Length);
            from = end + BetweenParagraphs.Length;
            paragraph = paragraph.Trim();
            if (paragraph.Length == 0)
                continue;
            var separator = BetweenParagraphs;
            foreach (var piece in paragraph.Length <= longest ? [paragraph] : Sentences(paragraph, longest))
            {
                line += text.AsSpan(counted, begin - counted).Count('\n');
                counted = begin;
                yield return new TextPiece(piece, separator, line);
                begin += piece.Length;
                separator = "";
            }
        }
    }

    private static IEnumerable<string> Sentences(string paragraph, int longest)
    {
        foreach (var sentence in Chunker.Sentences(paragraph))
        {
            for (var from = 0; from < sentence.Length;)
            {
                var length = Math.Min(longest, sentence.Length - from);
                if (from + length < sentence.Length && char.IsHighSurrogate(sentence[from + length - 1]))
                    length--;
                yield return sentence.Substring(from, length);
                from += length;
            }
        }
    }

    private static string Cut(string text, int longest) => text.Length <= longest ? text : $"{text[..(longest - 1)]}…";
}
