namespace ProgressHub.Core.Workloads.Translation.Segmentation;

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
    public void Translate(Span span, IReadOnlyList<FixedSpan>? fixedSpans = null)
    {
        var (start, end) = (Math.Max(span.Start, 0), Math.Min(span.End, text.Length));
        while (start < end && IsBlank(text[start]))
            start++;
        while (end > start && IsBlank(text[end - 1]))
            end--;

        var trimmed = new Span(start, end);
        var inside = (fixedSpans ?? []).Where(f => f.Span.Start >= start && f.Span.End <= end).ToList();
        var piece = new Piece(trimmed, Translate: true) { Fixed = inside };
        if (!trimmed.IsEmpty && ProtectedText.HasWords(text, piece))
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

    private static bool IsBlank(char c) => char.IsWhiteSpace(c) || c == '\uFEFF';
}
