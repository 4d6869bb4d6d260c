namespace ProgressHub.Tool.Bars;

/// <summary>How far a command says it is, as one line of its output shows it.</summary>
/// <param name="Fraction">0 to 1.</param>
/// <param name="Label">What stands before the number, without digits and glyphs: lines of one bar have the same.</param>
/// <param name="Kind">How sure it is that this is a bar.</param>
internal readonly record struct BarReading(double Fraction, string Label, BarKind Kind)
{
    /// <summary>How many are done, where the line counts; else null.</summary>
    public double? Current { get; init; }

    /// <summary>How many there are, where the line counts; else null.</summary>
    public double? Total { get; init; }

    /// <summary>A count of the whole beside a percentage of a part (rsync's <c>to-chk=2/10</c>), as a fraction; else null.</summary>
    public double? Whole { get; init; }
}

/// <summary>What kind of evidence a line is.</summary>
internal enum BarKind
{
    /// <summary>A number that may be anything; a second one that is higher, in the same words, makes it a bar.</summary>
    Candidate,

    /// <summary>A bar by its form or its words.</summary>
    Bar,
}
