using System.Text;
using ProgressHub.Workloads.Inference;
using ProgressHub.Workloads.Knowledge.Documents;

namespace ProgressHub.Workloads.Knowledge.Chunking;

/// <summary>
/// Cuts documents into passages that can be quoted: never across a heading or a page, at paragraphs where they fit, else at the
/// ends of sentences, and only where a sentence is longer than a passage in its middle. Tables and code stay whole up to twice
/// that length; longer ones are cut between lines, and a table's header is repeated.
/// </summary>
internal static class Chunker
{
    /// <summary>Counts with a document's content: another way of cutting makes other passages.</summary>
    public const int Version = 2;

    // A Chinese character says about as much as three Latin letters.
    private const int LatinCharacters = 900;
    private const int CjkCharacters = 350;

    /// <summary>Cuts a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="progress">Hears how many characters are cut, now and then; null for nobody.</param>
    public static IReadOnlyList<Chunk> Cut(SourceDocument document, Action<long>? progress = null)
    {
        long characters = 0;
        List<Chunk> chunks = [];
        var passage = new StringBuilder();
        Section? first = null;
        int? line = null;
        foreach (var section in document.Sections)
        {
            var longest = CjkText.IsMostlyCjk(section.Text) ? CjkCharacters : LatinCharacters;
            if (first is not null && (first.Heading != section.Heading || first.Page != section.Page))
                End();
            foreach (var piece in SectionPieces.Of(section, longest))
            {
                if (passage.Length > 0 && passage.Length + piece.Separator.Length + piece.Text.Length > longest)
                    End();
                if (passage.Length == 0)
                    (first, line) = (section, piece.Line);
                passage.Append(passage.Length > 0 ? piece.Separator : "").Append(piece.Text);
            }
        }

        End();
        return chunks;

        void End()
        {
            progress?.Invoke(characters += passage.Length);
            if (passage.Length > 0)
                chunks.Add(new Chunk(first!.Heading, passage.ToString()) { Page = first.Page, Line = line });
            passage.Clear();
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
internal sealed record Chunk(string? Heading, string Text)
{
    /// <summary>The page or slide it stands on, from 1; null where there are none.</summary>
    public int? Page { get; init; }

    /// <summary>The line of the file, or the row of the sheet, in which it begins, from 1; null where that means nothing.</summary>
    public int? Line { get; init; }
}
