using System.Runtime.InteropServices;
using ProgressHub.Workloads.Inference;

namespace ProgressHub.Workloads.Knowledge.Indexing;

/// <summary>
/// Finds passages by their words: Okapi BM25 (Robertson and Zaragoza, 2009) over postings in memory, 8 bytes each. Terms
/// are kept as 64-bit hashes, which are shorter than they are. Safe to use from any thread.
/// </summary>
internal sealed class Bm25Index
{
    private const double K1 = 1.2;
    private const double B = 0.75;
    private const int OtherPassages = 50;
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, List<Posting>> _postings = [];
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<long, int> _slots = [];
    private long _totalLength;
    private long _postingCount;

    /// <summary>How many passages can be found.</summary>
    public int Count => Read(() => _slots.Count);

    /// <summary>Some of the passages, as many as there are and no more than so many.</summary>
    public IReadOnlyList<long> Some(int most) => Read(() => _slots.Keys.Take(most).ToList());

    /// <summary>All of the passages.</summary>
    public HashSet<long> Ids => Read(() => _slots.Keys.ToHashSet());

    /// <summary>About how much memory it takes, in bytes.</summary>
    public long Bytes => Read(() => (_postingCount * 8) + (_postings.Count * 96L) + (_entries.Count * 64L));

    /// <summary>Takes in a passage; one of the same id is replaced.</summary>
    public void Add(long id, IReadOnlyList<string> terms)
    {
        var counts = new Dictionary<ulong, int>();
        foreach (var term in terms)
            CollectionsMarshal.GetValueRefOrAddDefault(counts, Fnv1a.Hash(term), out _)++;

        lock (_gate)
        {
            RemoveSlot(id);
            var slot = _entries.Count;
            _entries.Add(new Entry(id, terms.Count));
            _slots[id] = slot;
            _totalLength += terms.Count;
            _postingCount += counts.Count;
            foreach (var (term, count) in counts)
            {
                ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(_postings, term, out _);
                (list ??= []).Add(new Posting(slot, count));
            }
        }
    }

    /// <summary>Forgets a passage. Its postings stay until the index is built anew, and are passed over.</summary>
    public void Remove(long id)
    {
        lock (_gate)
            RemoveSlot(id);
    }

    /// <summary>Whether more is forgotten than kept, so that building it anew is worth it.</summary>
    public bool IsStale => Read(() => _entries.Count > 1000 && _slots.Count * 2 < _entries.Count);

    /// <summary>The passages that share terms with a query, best first.</summary>
    /// <param name="terms">The terms of the query.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="where">Which passages count; null for all.</param>
    public IReadOnlyList<WordMatch> Search(IReadOnlyList<string> terms, int limit, Func<long, bool>? where = null) => Read(() =>
    {
        var sums = new Dictionary<int, (double Score, double Weight)>();
        var average = Math.Max(1.0, (double)_totalLength / Math.Max(1, _slots.Count));
        var whole = 0.0;
        foreach (var term in terms.Distinct(StringComparer.Ordinal))
            whole += Score(_postings.GetValueOrDefault(Fnv1a.Hash(term)) ?? [], average, sums);

        var best = TopK.Of(sums.Select(s => new Scored(s.Key, s.Value.Score)).Where(s => where?.Invoke(_entries[(int)s.Id].Id) != false), limit);
        return (IReadOnlyList<WordMatch>)[.. best.Select(s => new WordMatch(_entries[(int)s.Id].Id, s.Score, sums[(int)s.Id].Weight / whole))];
    });

    /// <summary>Adds a term's share to every passage that has it; returns how much the term weighs.</summary>
    private double Score(List<Posting> list, double average, Dictionary<int, (double Score, double Weight)> sums)
    {
        var frequency = 0;
        foreach (var posting in list)
        {
            if (_entries[posting.Slot].Length >= 0)
                frequency++;
        }

        var rarity = Math.Log(1 + ((_slots.Count - frequency + 0.5) / (frequency + 0.5)));

        // What counts for coverage. One document does not tell which words are rare: it is weighed as one among others that
        // have none of them, so that a word of its own says as much as it does in a large collection.
        var weight = Math.Log(1 + ((_slots.Count + OtherPassages + 1.0) / (frequency + 1)));
        foreach (var (slot, count) in list)
        {
            var length = _entries[slot].Length;
            if (length < 0)
                continue;
            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, slot, out _);
            sum.Score += rarity * (count * (K1 + 1)) / (count + (K1 * (1 - B + (B * length / average))));
            sum.Weight += weight;
        }

        return weight;
    }

    private void RemoveSlot(long id)
    {
        if (!_slots.Remove(id, out var slot))
            return;
        _totalLength -= _entries[slot].Length;
        _entries[slot] = new Entry(id, -1);
    }

    private T Read<T>(Func<T> read)
    {
        lock (_gate)
            return read();
    }

    private readonly record struct Posting(int Slot, int Count);

    /// <param name="Id">The passage.</param>
    /// <param name="Length">Its terms; -1 where it is forgotten.</param>
    private readonly record struct Entry(long Id, int Length);
}

/// <summary>A passage that shares words with a query.</summary>
/// <param name="Id">The passage.</param>
/// <param name="Score">By BM25; comparable within one query alone.</param>
/// <param name="Coverage">How much of the query is in it, 0..1: rare words weigh more, unknown ones most.</param>
internal readonly record struct WordMatch(long Id, double Score, double Coverage);
