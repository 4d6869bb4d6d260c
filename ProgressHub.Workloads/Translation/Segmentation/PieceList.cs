namespace ProgressHub.Workloads.Translation.Segmentation;

/// <summary>
/// Collects what a format's segmenter finds and cuts the source into pieces that follow on one another without a gap: put
/// together again they are the source, whatever the segmenter got wrong.
/// </summary>
internal sealed class PieceList(string text)
{
    private readonly List<Piece> _found = [];
    private readonly HashSet<int> _blocks = [];

    /// <summary>Notes that a block begins here.</summary>
    public void StartBlock(int position) => _blocks.Add(position);

    /// <summary>
    /// Notes that this is to be translated. White space at its ends is not part of it, and what holds no letter needs no
    /// engine.
    /// </summary>
    /// <param name="span">Where it is.</param>
    /// <param name="fixedSpans">What the format fixes within it; of escaped words, where they must not be cut.</param>
    /// <param name="escaping">How its words are written; null where they stand plainly.</param>
    public void Translate(Span span, IReadOnlyList<FixedSpan>? fixedSpans = null, Escaping? escaping = null)
    {
        var (start, end) = Trim(new Span(Math.Max(span.Start, 0), Math.Min(span.End, text.Length)));

        // A line's end with its quote marks is nothing to begin or to end with: an engine would lose it.
        var breaks = (fixedSpans ?? []).Where(f => f.Kind == FixedKind.Break).Select(f => f.Span).ToList();
        foreach (var first in breaks.Where(b => b.End > start).TakeWhile(b => b.Start <= start && b.End < end))
            (start, end) = Trim(new Span(first.End, end));
        foreach (var last in Enumerable.Reverse(breaks).SkipWhile(b => b.Start >= end).TakeWhile(b => b.End >= end && b.Start > start))
            (start, end) = Trim(new Span(start, last.Start));

        var trimmed = new Span(start, Math.Max(start, end));

        // White space at the end of what is fixed goes; the rest of it is no less fixed.
        var inside = (fixedSpans ?? [])
            .Select(f => f with { Span = new Span(Math.Max(f.Span.Start, start), Math.Min(f.Span.End, end)) })
            .Where(f => !f.Span.IsEmpty).ToList();
        var piece = new Piece(trimmed, Translate: true) { Fixed = inside, Escaping = escaping };
        if (!trimmed.IsEmpty && ProtectedText.HasWords(text, piece))
            _found.Add(piece);
    }

    /// <summary>Notes that what stands here is to become the translation of words that stand elsewhere.</summary>
    public void Fill(Span span, string words, Escaping escaping)
    {
        var piece = new Piece(span, Translate: true) { Words = words, Escaping = escaping };
        if (ProtectedText.HasWords(text, piece))
            _found.Add(piece);
    }

    /// <summary>All pieces, in order.</summary>
    public IReadOnlyList<Piece> Build()
    {
        List<Piece> pieces = [];
        var blocks = new Queue<int>(_blocks.Order());
        var position = 0;
        foreach (var piece in _found.OrderBy(p => p.Span.Start).ThenByDescending(p => p.Span.End))
        {
            // Two readings of one stretch: the first wins.
            if (piece.Span.Start < position)
                continue;
            AddVerbatim(pieces, new Span(position, piece.Span.Start), blocks);
            pieces.Add(piece with { StartsBlock = _blocks.Contains(piece.Span.Start) });
            position = piece.Span.End;
        }

        AddVerbatim(pieces, new Span(position, text.Length), blocks);
        return pieces;
    }

    private void AddVerbatim(List<Piece> pieces, Span gap, Queue<int> blocks)
    {
        if (gap.IsEmpty)
            return;
        var start = gap.Start;
        while (blocks.TryPeek(out var cut) && cut < gap.End)
        {
            blocks.Dequeue();
            if (cut <= start)
                continue;
            pieces.Add(Verbatim(start, cut));
            start = cut;
        }

        pieces.Add(Verbatim(start, gap.End));
    }

    private Piece Verbatim(int start, int end) =>
        new(new Span(start, end), Translate: false) { StartsBlock = _blocks.Contains(start) };

    private (int Start, int End) Trim(Span span)
    {
        var (start, end) = (span.Start, span.End);
        while (start < end && IsBlank(text[start]))
            start++;
        while (end > start && IsBlank(text[end - 1]))
            end--;
        return (start, end);
    }

    private static bool IsBlank(char c) => char.IsWhiteSpace(c) || c == '\uFEFF';
}
