namespace ProgressHub.Workloads.Analysis.Planning.Language;

/// <summary>A word of a question.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Raw">As it was written, without quotes.</param>
/// <param name="Stem">In lower case and singular: what words are compared by.</param>
internal sealed record Word(WordKind Kind, string Raw, string Stem)
{
    /// <summary>Its value, where it is a number.</summary>
    public double? Number { get; init; }

    /// <summary>Whether a percent sign follows the number.</summary>
    public bool IsPercent { get; init; }

    /// <summary>The year it says; null where it is none.</summary>
    public int? Year => Raw.Length == 4 && Number is >= 1800 and <= 2200 ? (int)Number : null;
}
