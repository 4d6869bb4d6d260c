using System.Globalization;

namespace ProgressHub.Core.Workloads.Translation.Segmentation;

/// <summary>
/// Cuts a piece that is longer than a batch: after a sentence, else between words, else between characters as a reader
/// counts them; never within what is fixed.
/// </summary>
internal static class SentenceSplitter
{
    private const string WideEnds = "。！？；｡．";
    private const string NarrowEnds = ".!?…";
    private const string Closers = "\"'”’»)]}」』）】》";

    public static IEnumerable<Piece> Split(string text, Piece piece, int limit)
    {
        if (piece.Span.Length <= limit)
            return [piece];
        var fixedSpans = ProtectedText.FixedOf(text, piece);
        List<Piece> parts = [];
        var position = piece.Span.Start;
        var next = 0;
        while (position < piece.Span.End)
        {
            var cut = piece.Span.End - position <= limit
                ? piece.Span.End
                : Cut(text, position, position + limit, piece.Span.End, fixedSpans, ref next);
            parts.AddRange(Part(text, piece, new Span(position, cut)));
            position = cut;
        }

        return parts;
    }

    /// <summary>The part as the pieces it makes: white space at its ends stays outside.</summary>
    private static IReadOnlyList<Piece> Part(string text, Piece whole, Span span)
    {
        var pieces = new PieceList(text[span.Start..span.End]);
        pieces.Translate(
            new Span(0, span.Length),
            [.. whole.Fixed.Where(f => f.Span.Start >= span.Start && f.Span.End <= span.End)
                .Select(f => f with { Span = Shift(f.Span, -span.Start) })]);
        return [.. pieces.Build().Select(p => p with
        {
            Span = Shift(p.Span, span.Start),
            Fixed = [.. p.Fixed.Select(f => f with { Span = Shift(f.Span, span.Start) })],
        })];
    }

    private static Span Shift(Span span, int by) => new(span.Start + by, span.End + by);

    private static int Cut(
        string text, int start, int limit, int end, List<FixedSpan> fixedSpans, ref int next)
    {
        while (next < fixedSpans.Count && fixedSpans[next].Span.End <= start)
            next++;

        var words = -1;
        // Sentences that end in the first quarter would make crumbs; a word's end further on is as good.
        var lowest = start + ((limit - start) / 4);
        for (var i = limit; i > lowest; i--)
        {
            if (Within(fixedSpans, next, i))
                continue;
            if (EndsSentence(text, start, i))
                return i;
            if (words < 0 && char.IsWhiteSpace(text[i - 1]))
                words = i;
        }

        return words > 0 ? words : CutAnywhere(text, start, limit, end, fixedSpans, next);
    }

    private static int CutAnywhere(
        string text, int start, int limit, int end, List<FixedSpan> fixedSpans, int next)
    {
        for (var i = next; i < fixedSpans.Count && fixedSpans[i].Span.Start < limit; i++)
        {
            var span = fixedSpans[i].Span;
            if (span.Contains(limit))
                return span.Start > start ? span.Start : span.End;
        }

        var cut = start;
        while (cut < limit)
        {
            var length = StringInfo.GetNextTextElementLength(text.AsSpan(cut, end - cut));
            if (cut + length > limit && cut > start)
                break;
            // A single character of many marks may be longer than a batch; it is cut between code points then.
            cut += cut == start && length > limit - start ? Whole(text, limit) - start : length;
        }

        return Within(fixedSpans, next, cut) ? limit : Math.Max(cut, start + 1);
    }

    private static int Whole(string text, int position) =>
        char.IsLowSurrogate(text[position]) && char.IsHighSurrogate(text[position - 1]) ? position - 1 : position;

    private static bool Within(List<FixedSpan> fixedSpans, int next, int position)
    {
        for (var i = next; i < fixedSpans.Count && fixedSpans[i].Span.Start < position; i++)
        {
            if (fixedSpans[i].Span.Contains(position))
                return true;
        }

        return false;
    }

    private static bool EndsSentence(string text, int start, int position)
    {
        var i = position - 1;
        var spaced = char.IsWhiteSpace(text[i]);
        if (spaced)
            i--;
        while (i > start && Closers.Contains(text[i], StringComparison.Ordinal))
            i--;
        return i > start && (WideEnds.Contains(text[i], StringComparison.Ordinal)
            ? spaced || position >= text.Length || !Closers.Contains(text[position], StringComparison.Ordinal)
            : spaced && NarrowEnds.Contains(text[i], StringComparison.Ordinal));
    }
}
