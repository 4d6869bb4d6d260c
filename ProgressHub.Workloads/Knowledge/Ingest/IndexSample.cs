using ProgressHub.Workloads.Knowledge.Indexing;

namespace ProgressHub.Workloads.Knowledge.Ingest;

/// <summary>
/// How long it takes to read the words of a passage into an index, as a multiple of what its vector takes on the same machine, as
/// busy as it is now: tried on some of those that are embedded, so that it is known before all of them are.
/// </summary>
internal sealed class IndexSample(TimeProvider time)
{
    private const int BatchesBetween = 16;

    // An index that holds much is slower than one that holds little, and the passages have to be read from disk.
    private const double Whole = 1.15;

    private int _batches;
    private int _samples;
    private TimeSpan _indexing;
    private TimeSpan _embedding;

    /// <summary>The multiple; null before anything is known.</summary>
    public double? Ratio => _embedding > TimeSpan.Zero ? Whole * (_indexing / _embedding) : null;

    /// <summary>A batch was embedded; now and then it is tried how long its words take.</summary>
    /// <param name="texts">The batch.</param>
    /// <param name="embedding">How long its vectors took.</param>
    public void Try(IReadOnlyList<string> texts, TimeSpan embedding)
    {
        if (_batches++ % BatchesBetween != 0)
            return;
        var index = new Bm25Index();
        var begun = time.GetTimestamp();
        foreach (var (i, text) in texts.Index())
            index.Add(i, Tokenizer.Terms(text));
        var took = time.GetElapsedTime(begun);

        // The first is slow, since its code has just been loaded: it counts until there is another.
        if (++_samples == 2)
            (_indexing, _embedding) = (TimeSpan.Zero, TimeSpan.Zero);
        (_indexing, _embedding) = (_indexing + took, _embedding + embedding);
    }
}
