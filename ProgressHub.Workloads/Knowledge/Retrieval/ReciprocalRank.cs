using System.Runtime.InteropServices;
using ProgressHub.Workloads.Knowledge.Indexing;

namespace ProgressHub.Workloads.Knowledge.Retrieval;

/// <summary>
/// Reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009): only places count, so scores of different kinds need no
/// common scale.
/// </summary>
internal static class ReciprocalRank
{
    private const double K = 60;

    /// <summary>One ranking out of several, best first.</summary>
    public static IReadOnlyList<Scored> Fuse(int limit, params IReadOnlyList<IReadOnlyList<Scored>> rankings)
    {
        var sums = new Dictionary<long, double>();
        foreach (var ranking in rankings)
        {
            for (var i = 0; i < ranking.Count; i++)
                CollectionsMarshal.GetValueRefOrAddDefault(sums, ranking[i].Id, out _) += 1 / (K + i + 1);
        }

        return TopK.Of(sums.Select(s => new Scored(s.Key, s.Value)), limit);
    }
}
