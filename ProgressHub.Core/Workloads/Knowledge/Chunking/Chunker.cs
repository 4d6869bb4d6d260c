using System.Text;
using ProgressHub.Core.Workloads.Inference;
using ProgressHub.Core.Workloads.Knowledge.Documents;

namespace ProgressHub.Core.Workloads.Knowledge.Chunking;

/// <summary>
/// Cuts documents into passages that can be quoted: never across a heading, at paragraphs where they fit, else at the ends
/// of sentences, and only where a sentence is longer than a passage in its middle.
/// </summary>
internal static class Chunker
{
    /// <summary>Counts with a document's content: another way of cutting makes other passages.</summary>
    public const int Version = 1;

    // A Chinese character says about as much as three Latin letters.
    private const int LatinCharacters = 900;
    private const int CjkCharacters = 350;

    public static IReadOnlyList<Chunk> Cut(SourceDocument document)
    {
        List<Chunk> chunks = [];
        foreach (var section in document.Sections)
        {
            var longest = CjkText.IsMostlyCjk(section.Text) ? CjkCharacters : LatinCharacters;
            foreach (var text in Pack(section.Text, longest))
                chunks.Add(new Chunk(section.Heading, text));
        }

        return chunks;
    }

    private static IEnumerable<string> Pack(string text, int longest)
    {
        var passage = new StringBuilder();
        foreach (var (piece, separator) in Pieces(text, longest))
        {
            if (passage.Length > 0 && passage.Length + separator.Length + piece.Length > longest)
            {
                yield return passage.ToString();
                passage.Clear();
            }

            passage.Append(passage.Length > 0 ? separator : "").Append(piece);
        }

        if (passage.Length > 0)
            yield return passage.ToString();
    }

    private static IEnumerable<(string Piece, string Separator)> Pieces(string text, int longest)
    {
        foreach (var paragraph in text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (paragraph.Length <= longest)
            {
                yield return (paragraph, "\n\n");
                continue;
            }

            var separator = "\n\n";
            foreach (var sentence in Sentences(paragraph))
            {
                for (var from = 0; from < sentence.Length;)
                {
                    var length = Math.Min(longest, sentence.Length - from);
                    if (from + length < sentence.Length && char.IsHighSurrogate(sentence[from + length - 1]))
                        length--;
                    yield return (sentence.Substring(from, length), separator);
                    from += length;
                    separator = "";
                }
            }
        }
    }

    /// <summary>The sentences of a text, each with the space after it: put together they are the text.</summary>
    internal static IEnumerable<string> Sentences(string text)
    {
        var from = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var ends = text[i] is '。' or '！' or '？' or '；' or '\n'
                || (text[i] is '.' or '!' or '?' && i + 1 < text.Length && char.IsWhiteSpace(text[i + 1]));
            if (!ends)
                continue;
            while (i + 1 < text.Length && (char.IsWhiteSpace(text[i + 1]) || text[i + 1] is '」' or '』' or '”' or '"' or ')' or '）'))
                i++;
            yield return text[from..(i + 1)];
            from = i + 1;
        }

        if (from < text.Length)
            yield return text[from..];
    }
}

/// <summary>A passage before it has an id.</summary>
/// <param name="Heading">What it stands under; null for nothing.</param>
/// <param name="Text">Its text.</param>
internal sealed record Chunk(string? Heading, string Text);
