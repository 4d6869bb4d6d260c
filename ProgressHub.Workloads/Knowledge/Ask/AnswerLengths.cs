namespace ProgressHub.Workloads.Knowledge.Ask;

/// <summary>
/// How long answers are, as far as that is known before they are written. It is an assumption, not a measurement: models that
/// are asked to answer briefly from passages write about two or three paragraphs, three of four of them within some 30 % of
/// that, and the rest may be of any length. What has come already rules the shorter ones out, so that an answer which is
/// longer than usual is expected to go on for longer, the longer it has become (Lindy's law).
/// </summary>
internal static class AnswerLengths
{
    // Both parts are normal in the logarithm of the length, around the usual one.
    private const double Usual = 0.75;
    private const double UsualSpread = 0.2;
    private const double OtherSpread = 0.8;

    // Lengths in multiples of the usual one, from a fiftieth to fifty times of it.
    private const double Widest = 3.9;
    private const int Steps = 400;
    private static readonly double[] Lengths = [.. Enumerable.Range(0, Steps + 1).Select(i => Math.Exp(At(i)))];
    private static readonly double[] Weights = [.. Enumerable.Range(0, Steps + 1).Select(i => Density(At(i)))];

    /// <summary>How much more will come: as likely more than that as less.</summary>
    /// <param name="usual">How long answers are as a rule.</param>
    /// <param name="written">What has come, in the same unit.</param>
    public static double More(double usual, double written)
    {
        var first = Array.FindIndex(Lengths, length => length * usual > written);
        if (first < 0)
            return written;
        var half = Weights.Skip(first).Sum() / 2;
        var at = first;
        while (at < Steps && (half -= Weights[at]) > 0)
            at++;
        return Math.Max(0, (Lengths[at] * usual) - written);
    }

    private static double At(int step) => Widest * ((2.0 * step / Steps) - 1);

    private static double Density(double x) => (Usual * Normal(x, UsualSpread)) + ((1 - Usual) * Normal(x, OtherSpread));

    private static double Normal(double x, double spread) => Math.Exp(-x * x / (2 * spread * spread)) / spread;
}
