namespace ProgressHub.Workloads.Knowledge.Indexing;

/// <summary>A passage and how well it fits; what the number means is its maker's.</summary>
internal readonly record struct Scored(long Id, double Score);

/// <summary>The best few of many, without sorting the many.</summary>
internal static class TopK
{
    /// <summary>The best, highest score first; of equal ones the lower id, so that an answer is the same each time.</summary>
    public static IReadOnlyList<Scored> Of(IEnumerable<Scored> all, int limit)
    {
        // The worst of the kept is on top.
        var kept = new PriorityQueue<Scored, (double, long)>(limit + 1);
        foreach (var item in all)
        {
            kept.Enqueue(item, (item.Score, -item.Id));
            if (kept.Count > limit)
                kept.Dequeue();
        }

        var best = new Scored[kept.Count];
        for (var i = best.Length - 1; i >= 0; i--)
            best[i] = kept.Dequeue();
        return best;
    }
}
