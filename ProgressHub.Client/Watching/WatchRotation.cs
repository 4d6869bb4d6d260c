namespace ProgressHub.Client.Watching;

/// <summary>Which source is next, and after how many failures: two in a row, and the next one gets its turn.</summary>
internal sealed class WatchRotation(IReadOnlyList<IWatchSource> sources)
{
    private const int FailuresUntilNext = 2;

    private int _index;
    private int _failuresOfThis;

    public IWatchSource Present => sources[_index];

    public bool IsFallback => _index > 0;

    /// <summary>Useless connections in a row, over whatever source.</summary>
    public int Failures { get; private set; }

    /// <param name="wasUseful">Whether it told something new, or held for long.</param>
    /// <param name="endedTerm">Whether it was a stopgap whose term is over.</param>
    public void Next(bool wasUseful, bool endedTerm)
    {
        Failures = wasUseful ? 0 : Failures + 1;
        _failuresOfThis = wasUseful ? 0 : _failuresOfThis + 1;
        if (endedTerm)
        {
            // The best one is tried once more, but only once.
            (_index, _failuresOfThis) = (0, FailuresUntilNext - 1);
        }
        else if (_failuresOfThis >= FailuresUntilNext)
        {
            (_index, _failuresOfThis) = ((_index + 1) % sources.Count, 0);
        }
    }
}
