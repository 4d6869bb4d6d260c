namespace ProgressHub.Workloads.Analysis.Tables.Cells;

/// <summary>
/// Pairs of words for yes and no. A column is of one pair, or of several of English, which programs and people mix; single
/// letters count only where both are there.
/// </summary>
internal static class YesNo
{
    private static readonly (string Yes, string No)[] Pairs =
    [
        ("true", "false"), ("yes", "no"), ("t", "f"), ("y", "n"), ("wahr", "falsch"), ("ja", "nein"), ("ja", "nej"), ("ja", "nee"),
        ("oui", "non"), ("vrai", "faux"), ("sí", "no"), ("si", "no"), ("sim", "não"), ("verdadero", "falso"), ("vero", "falso"),
        ("是", "否"), ("はい", "いいえ"), ("예", "아니요"), ("да", "нет"),
    ];

    /// <summary>How many of the pairs, from the first, are whole words of English.</summary>
    private const int EnglishPairs = 2;

    private static readonly int English = 1 << Pairs.Length;

    /// <summary>All pairs as bits, and one for the whole words of English.</summary>
    public static int AllPairs => (English << 1) - 1;

    /// <summary>The pairs that a cell belongs to, as bits; 0 for any other word.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="saysYes">Whether it is the yes of them.</param>
    public static int PairsOf(ReadOnlySpan<char> cell, out bool saysYes)
    {
        saysYes = false;
        var pairs = 0;
        if (cell.Length is 0 or > 10)
            return 0;
        for (var i = 0; i < Pairs.Length; i++)
        {
            var yes = cell.Equals(Pairs[i].Yes, StringComparison.OrdinalIgnoreCase);
            if (!yes && !cell.Equals(Pairs[i].No, StringComparison.OrdinalIgnoreCase))
                continue;
            pairs |= (1 << i) | (i < EnglishPairs ? English : 0);
            saysYes |= yes;
        }

        return pairs;
    }

    /// <summary>Yes or no, by any pair; null for any other word.</summary>
    public static bool? Read(ReadOnlySpan<char> cell) => cell switch
    {
        "1" => true,
        "0" => false,
        _ => PairsOf(cell, out var yes) == 0 ? null : yes,
    };
}
