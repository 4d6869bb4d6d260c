namespace ProgressHub.Workloads.Knowledge.Retrieval;

/// <summary>
/// How much speaks for a passage being about a question: from 1 on it counts as about it. Chosen on the handbook and the
/// manual of the benchmark <c>meaning</c> and on the bundled collections; the figures of the town's guide were looked at
/// afterwards.
/// </summary>
internal static class Evidence
{
    // Beside a model that knows meanings, letters and words are believed only when they are many: most questions about
    // something else share a word or two with some passage.
    private const double MeaningfulWords = 3;
    private const double LetterGate = 0.4;
    private const double EnoughWordsAlone = 0.9;

    // Of a passage's nearness by meaning, what its best sentences say and not what it is about as a whole.
    private const double ShareOfSentences = 0.7;

    /// <summary>
    /// The share of a question's words, by weight, that makes a passage about it however far its vector is: a rare word in
    /// a long passage moves the vector little. Less in scripts without spaces, where half of all pairs span two words.
    /// </summary>
    private static double EnoughWords(bool cjk) => cjk ? 0.2 : 0.4;

    /// <summary>Near, or full of the question's words, or some of both.</summary>
    /// <param name="nearness">The cosine, as a multiple of the gate of its kind.</param>
    /// <param name="coverage">The share of the question's words, 0..1.</param>
    /// <param name="cjk">Whether the question is in a script without spaces.</param>
    public static double Plain(double nearness, double coverage, bool cjk) => nearness + (coverage / EnoughWords(cjk));

    /// <summary>Near by what it means, or very like the question by its letters and words.</summary>
    /// <param name="meaning">The cosine of the meanings, as a multiple of its gate.</param>
    /// <param name="letters">The cosine of the spellings.</param>
    /// <param name="coverage">The share of the question's words, 0..1.</param>
    public static double ByMeaning(double meaning, double letters, double coverage) => Math.Max(
        meaning + (coverage / MeaningfulWords), (letters / LetterGate) + (coverage / EnoughWordsAlone));

    /// <summary>The cosine of a passage that was looked at twice: as a whole, and sentence by sentence.</summary>
    public static double Nearness(double whole, double sentences) => ((1 - ShareOfSentences) * whole) + (ShareOfSentences * sentences);
}
