using System.Numerics.Tensors;

namespace ProgressHub.Workloads.Knowledge.Embedding;

/// <summary>
/// A stretch of a vector that can be compared by itself. Vectors of one kind are one part; those that are made in two ways
/// have both side by side, so that one store and one scan serve them.
/// </summary>
/// <param name="From">Where it begins.</param>
/// <param name="Length">How long it is; null for all that follows.</param>
/// <param name="Norm">The length that it has, as a vector, in the vector of a passage that has it: 0..1.</param>
/// <param name="Scale">How near is near.</param>
internal sealed record VectorPart(int From, int? Length, float Norm, CosineScale Scale)
{
    /// <summary>A vector that is made in one way.</summary>
    public static VectorPart Whole(CosineScale scale) => new(0, null, 1, scale);

    /// <summary>
    /// What to search for, so that the dot product with a passage's vector is the cosine of this part times
    /// <see cref="Norm"/>: of length 1, and zero elsewhere. Null where the vector has nothing in this part.
    /// </summary>
    public float[]? Query(float[] vector)
    {
        var part = vector.AsSpan(From, Length ?? (vector.Length - From));
        var norm = TensorPrimitives.Norm<float>(part);
        if (!(norm > 0))
            return null;
        var query = new float[vector.Length];
        TensorPrimitives.Divide(part, norm, query.AsSpan(From));
        return query;
    }
}

/// <summary>How cosines of one kind are to be read.</summary>
/// <param name="Gate">The cosine below which a passage that shares no word with a question is not about it.</param>
/// <param name="CjkGate">The same for a question in a script without spaces.</param>
/// <param name="Strong">The cosine from which on a passage counts as a full match.</param>
internal sealed record CosineScale(double Gate, double CjkGate, double Strong)
{
    /// <summary>The gate for a question.</summary>
    /// <param name="cjk">Whether it is in a script without spaces.</param>
    public double GateOf(bool cjk) => cjk ? CjkGate : Gate;
}
