using ProgressHub.Workloads.Knowledge.Indexing;

namespace ProgressHub.Workloads.Knowledge.Ingest;

/// <summary>
/// How long it takes to read the words of a passage into an index, as a multiple of what its vector takes on the same machine, as
/// busy as it is now: tried on some of those that are embedded, so that it is known before all of them are.
/// </summary>
internal sealed class IndexSample(TimeProvider time)
{
    private const int BatchesBetween = 16;

    // The first batch is slow at everything: code is compiled, a model is loaded.
    private const int First = 1;

    // The latest tell how busy the machine is now, by code that is compiled by now.
    private const int Latest = 7;

    // Enough to be like an index that holds much: terms are there already.
    private const int MostPassages = 4096;

    // The passages have to be read from disk, too.
    private const double Whole = 1.15;

    private readonly Queue<double> _ratios = [];
    private Bm25Index _index = new();
    private int _batches;
    private long _passages;

    /// <summary>How many tries that is the middle of.</summary>
    public int Tries => _ratios.Count;

    /// <summary>The multiple; null before anything is known. The middle one: a moment in which others have the machine tells nothing.</summary>
    public double? Ratio => _ratios.Count == 0 ? null : Whole * _ratios.Order().ElementAt(_ratios.Count / 2);

    /// <summary>A batch was embedded; now and then it is tried how long its words take.</summary>
    /// <param name="texts">The batch.</param>
    /// <param name="embedding">How long its vectors took.</param>
    public void Try(IReadOnlyList<string> texts, TimeSpan embedding)
    {
        if (_batches++ % BatchesBetween != First || embedding <= TimeSpan.Zero)
            return;
        if (_index.Count >= MostPassages)
            _index = new Bm25Index();
        var begun = time.GetTimestamp();
        foreach (var text in texts)
            _index.Add(_passages++, Tokenizer.Terms(text));
        _ratios.Enqueue(time.GetElapsedTime(begun) / embedding);
        if (_ratios.Count > Latest)
            _ratios.Dequeue();
    }
}
