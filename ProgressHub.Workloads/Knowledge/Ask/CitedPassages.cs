using ProgressHub.Workloads.Knowledge.Retrieval;

namespace ProgressHub.Workloads.Knowledge.Ask;

/// <summary>The passages an answer may cite, by their numbers from 1. A further search adds to them, and changes no number.</summary>
internal sealed class CitedPassages(IEnumerable<FoundPassage> found)
{
    private readonly List<FoundPassage> _all = [.. found];

    /// <summary>All of them; the first is cited as <c>[1]</c>.</summary>
    public IReadOnlyList<FoundPassage> All => _all;

    /// <summary>How many there are.</summary>
    public int Count => _all.Count;

    /// <summary>The number of a passage; it gets the next one where it is new.</summary>
    public int NumberOf(FoundPassage passage)
    {
        var index = _all.FindIndex(known => known.Passage.Id == passage.Passage.Id);
        if (index >= 0)
            return index + 1;
        _all.Add(passage);
        return _all.Count;
    }
}
