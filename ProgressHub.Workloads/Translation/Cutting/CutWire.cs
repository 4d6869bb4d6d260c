using ProgressHub.Workloads.Translation.Segmentation;

namespace ProgressHub.Workloads.Translation.Cutting;

/// <summary>
/// Batches as they go through a pipe. What is written is where the pieces are, never the text again: both sides have it.
/// </summary>
internal static class CutWire
{
    // A message stays well below what the pipe takes.
    private const int NumbersAtOnce = 100_000;
    private const int WordsAtOnce = 1_000_000;

    [Flags]
    private enum Traits
    {
        None = 0,
        Translate = 1,
        StartsBlock = 2,
        Escaped = 4,
        Worded = 8,
    }

    /// <summary>Writes batches in as many messages as it takes.</summary>
    public static IEnumerable<CutBatches> Write(IReadOnlyList<Batch> batches)
    {
        List<int> numbers = [];
        List<string> words = [];
        var characters = 0;
        foreach (var batch in batches)
        {
            numbers.Add(batch.Pieces.Count);
            foreach (var piece in batch.Pieces)
            {
                Write(piece, numbers);
                if (piece.Words is null)
                    continue;
                words.Add(piece.Words);
                characters += piece.Words.Length;
            }

            if (numbers.Count < NumbersAtOnce && characters < WordsAtOnce)
                continue;
            yield return new CutBatches(numbers, words);
            (numbers, words, characters) = ([], [], 0);
        }

        if (numbers.Count > 0)
            yield return new CutBatches(numbers, words);
    }

    /// <summary>Reads a message and adds its batches.</summary>
    /// <param name="message">The message.</param>
    /// <param name="escapings">How the words of an escaped piece are written.</param>
    /// <param name="batches">Those before it.</param>
    public static void Read(CutBatches message, Func<Span, Escaping> escapings, List<Batch> batches)
    {
        var at = 0;
        var nextWords = 0;
        while (at < message.Numbers.Count)
        {
            var pieces = new Piece[message.Numbers[at++]];
            for (var i = 0; i < pieces.Length; i++)
            {
                var span = new Span(message.Numbers[at], message.Numbers[at + 1]);
                var traits = (Traits)message.Numbers[at + 2];
                var inside = new FixedSpan[message.Numbers[at + 3]];
                at += 4;
                for (var f = 0; f < inside.Length; f++, at += 3)
                    inside[f] = new FixedSpan(new Span(message.Numbers[at], message.Numbers[at + 1]), (FixedKind)message.Numbers[at + 2]);
                pieces[i] = new Piece(span, traits.HasFlag(Traits.Translate))
                {
                    StartsBlock = traits.HasFlag(Traits.StartsBlock),
                    Fixed = inside,
                    Escaping = traits.HasFlag(Traits.Escaped) ? escapings(span) : null,
                    Words = traits.HasFlag(Traits.Worded) ? message.Words[nextWords++] : null,
                };
            }

            batches.Add(new Batch(batches.Count, new Span(pieces[0].Span.Start, pieces[^1].Span.End), pieces));
        }
    }

    /// <summary>Whether batches are the whole text, piece after piece: then nothing of it can be lost or said twice.</summary>
    public static bool Covers(IReadOnlyList<Batch> batches, string text)
    {
        var position = 0;
        foreach (var span in batches.SelectMany(batch => batch.Pieces).Select(piece => piece.Span))
        {
            if (span.Start != position || span.End < span.Start)
                return false;
            position = span.End;
        }

        return position == text.Length;
    }

    private static void Write(Piece piece, List<int> numbers)
    {
        var traits = (piece.Translate ? Traits.Translate : Traits.None)
            | (piece.StartsBlock ? Traits.StartsBlock : Traits.None)
            | (piece.Escaping is not null ? Traits.Escaped : Traits.None)
            | (piece.Words is not null ? Traits.Worded : Traits.None);
        numbers.AddRange([piece.Span.Start, piece.Span.End, (int)traits, piece.Fixed.Count]);
        foreach (var (span, kind) in piece.Fixed)
            numbers.AddRange([span.Start, span.End, (int)kind]);
    }
}
