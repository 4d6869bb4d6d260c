using ProgressHub.Workloads.Knowledge.Collections;
using ProgressHub.Workloads.Knowledge.Embedding;
using ProgressHub.Workloads.Knowledge.Indexing;

namespace ProgressHub.Workloads.Knowledge.Retrieval;

/// <summary>What is nearest to a question by one part of the vectors.</summary>
internal sealed class NearestByPart
{
    private readonly Dictionary<long, double> _cosines;

    private NearestByPart(VectorPart part, float[]? query, IReadOnlyList<Scored> found)
    {
        (Part, Query, Found) = (part, query, found);
        _cosines = found.ToDictionary(f => f.Id, f => f.Score);
    }

    public VectorPart Part { get; }

    /// <summary>What was searched for; null where the question has nothing in this part.</summary>
    public float[]? Query { get; }

    /// <summary>By cosine, best first.</summary>
    public IReadOnlyList<Scored> Found { get; }

    public static async Task<NearestByPart> FindAsync(
        SearchableCollection collection, VectorPart part, float[] question, int limit, IReadOnlySet<long>? within,
        CancellationToken cancellationToken)
    {
        if (part.Query(question) is not { } query)
            return new NearestByPart(part, null, []);
        var found = await collection.NearestAsync(query, limit, within, cancellationToken);
        return new NearestByPart(part, query, [.. found
            .Select(f => f with { Score = f.Score / part.Norm })
            .Where(f => f.Score > 0)]);
    }

    /// <summary>How near a passage is; 0 where it is not among the nearest.</summary>
    public Near Of(long id, bool cjk) => new(Part, _cosines.GetValueOrDefault(id), Part.Scale.GateOf(cjk));
}

/// <summary>How near a passage is by one part of its vector.</summary>
/// <param name="Part">The part.</param>
/// <param name="Cosine">The cosine.</param>
/// <param name="Gate">From which on it tells something.</param>
internal readonly record struct Near(VectorPart Part, double Cosine, double Gate)
{
    /// <summary>As a multiple of the gate.</summary>
    public double Nearness => Cosine / Gate;

    /// <summary>Where it stands between the gate and a full match.</summary>
    public double Strength => (Cosine - Gate) / (Part.Scale.Strong - Gate);
}
