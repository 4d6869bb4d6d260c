namespace ProgressHub.Workloads.Translation.Segmentation;

/// <summary>
/// Packs pieces into batches of at most so many characters: whole blocks while they fit, then pieces, then parts of
/// pieces. Only a verbatim piece, a long code block for one, may be larger than a batch; it costs an engine nothing.
/// </summary>
internal sealed class BatchPacker
{
    private readonly string _text;
    private readonly int _limit;
    private readonly List<Batch> _batches = [];
    private readonly List<Piece> _open = [];
    private int _length;

    private BatchPacker(string text, int limit)
    {
        _text = text;
        _limit = limit;
    }

    public static IReadOnlyList<Batch> Pack(string text, IReadOnlyList<Piece> pieces, int limit)
    {
        var packer = new BatchPacker(text, limit);
        for (var first = 0; first < pieces.Count;)
        {
            var end = first + 1;
            var length = pieces[first].Length;
            while (end < pieces.Count && !pieces[end].StartsBlock)
                length += pieces[end++].Length;
            packer.AddBlock(pieces, first, end, length);
            first = end;
        }

        packer.Close();
        return packer._batches;
    }

    private void AddBlock(IReadOnlyList<Piece> pieces, int first, int end, int length)
    {
        if (_length + length > _limit)
            Close();
        for (var i = first; i < end; i++)
        {
            if (length <= _limit || !pieces[i].Translate)
            {
                Add(pieces[i]);
                continue;
            }

            foreach (var part in SentenceSplitter.Split(_text, pieces[i], _limit))
                Add(part);
        }
    }

    private void Add(Piece piece)
    {
        if (_length > 0 && _length + piece.Length > _limit)
            Close();
        _open.Add(piece);
        _length += piece.Length;
    }

    private void Close()
    {
        if (_open.Count == 0)
            return;
        _batches.Add(new Batch(_batches.Count, new Span(_open[0].Span.Start, _open[^1].Span.End), [.. _open]));
        _open.Clear();
        _length = 0;
    }
}
