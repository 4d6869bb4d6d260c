using System.Globalization;

namespace ProgressHub.Workloads.Translation.Segmentation;

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
        if (piece.Span.Length <= limit || !CanCut(text, piece))
            return [piece];
        var fixedSpans = ProtectedText.FixedOf(text, piece);
        List<Piece> parts = [];
        var position = piece.Span.Start;
        var (next, inside) = (0, 0);
        while (position < piece.Span.End)
        {
            var cut = piece.Span.End - position <= limit
                ? piece.Span.End
                : Cut(text, position, position + limit, piece.Span.End, fixedSpans, ref next);
            parts.AddRange(Part(text, piece, new Span(position, cut), fixedSpans, ref inside));
            position = cut;
        }

        return parts;
    }

    // What is escaped is read as its words, and a message that chooses among texts is none without its other end.
    private static bool CanCut(string text, Piece piece) => piece is { Words: null } && piece.Escaping?.CanCut != false
        && (piece.Escaping is null || piece.Plain(text).Text is var words && IcuSyntax.Find(words, new Span(0, words.Length)).Count == 0);

    /// <summary>
    /// The part as the pieces it makes: white space at its ends stays outside. All that is fixed in it is said, since a part
    /// may not show it: half a message looks like words.
    /// </summary>
    private static IReadOnlyList<Piece> Part(string text, Piece whole, Span span, List<FixedSpan> fixedSpans, ref int next)
    {
        List<FixedSpan> inside = [];
        for (; next < fixedSpans.Count && fixedSpans[next].Span.End <= span.End; next++)
        {
            if (fixedSpans[next].Span.Start >= span.Start)
                inside.Add(fixedSpans[next] with { Span = Shift(fixedSpans[next].Span, -span.Start) });
        }

        var pieces = new PieceList(text[span.Start..span.End]);
        pieces.Translate(new Span(0, span.Length), inside, whole.Escaping);
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

        var (words, edge) = (-1, -1);
        // Sentences that end in the first quarter would make crumbs; a word's end further on is as good.
        var lowest = start + ((limit - start) / 4);
        var before = next;
        while (before < fixedSpans.Count && fixedSpans[before].Span.Start < limit)
            before++;
        for (var i = limit; i > start && (i > lowest || Math.Max(words, edge) < 0); i--)
        {
            // The last that begins before it is the only one that may hold it.
            while (before > next && fixedSpans[before - 1].Span.Start >= i)
                before--;
            if (before > next && fixedSpans[before - 1].Span.Contains(i))
                continue;
            if (i > lowest && EndsSentence(text, start, i))
                return i;
            if (words < 0 && char.IsWhiteSpace(text[i - 1]))
                words = i;
            if (edge < 0 && ((before > next && fixedSpans[before - 1].Span.End == i) || (before < fixedSpans.Count && fixedSpans[before].Span.Start == i)))
                edge = i;
        }

        return words > 0 ? words : edge > 0 ? edge : CutAnywhere(text, start, limit, end, fixedSpans, next);
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
