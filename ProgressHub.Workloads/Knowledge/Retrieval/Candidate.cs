namespace ProgressHub.Workloads.Knowledge.Retrieval;

/// <summary>A passage that may answer a question.</summary>
/// <param name="Id">The passage.</param>
/// <param name="Named">Whether the question names it.</param>
/// <param name="Nearest">The nearness that tells most.</param>
/// <param name="Coverage">How much of the question's words is in it, 0..1.</param>
/// <param name="Evidence">From 1 on it counts as about the question.</param>
/// <param name="Near">How near it is by each part of the vectors.</param>
internal sealed record Candidate(
    long Id, bool Named, Near Nearest, double Coverage, double Evidence, IReadOnlyList<Near> Near)
{
    /// <summary>
    /// How well it fits, 0..1: a named one fits fully; else where its cosine stands between the gate and a strong match,
    /// or its share of the question's words, whichever is more.
    /// </summary>
    public double Strength => Named ? 1 : Math.Clamp(Math.Max(Near.Max(near => near.Strength), Coverage - 0.1), 0.05, 0.95);

    /// <summary>Judged by what it means: the first part of its vector, and by what its best sentences say where that is known.</summary>
    public Candidate ByMeaning(double? sentences = null)
    {
        var whole = Near[0];
        var meaning = sentences is { } cosine ? whole with { Cosine = Retrieval.Evidence.Nearness(whole.Cosine, cosine) } : whole;
        var letters = Near[1];
        return this with
        {
            Nearest = meaning.Nearness >= letters.Nearness ? meaning : letters,
            Near = [meaning, letters],
            Evidence = Retrieval.Evidence.ByMeaning(meaning.Nearness, letters.Cosine, Coverage),
        };
    }
}
