namespace ProgressHub.Workloads.Analysis.Planning.Language;

/// <summary>How far apart two spellings are.</summary>
internal static class Spelling
{
    private const int LeastLetters = 5;
    private const int LongWord = 9;

    /// <summary>How many slips a word of this length may have to be taken for another.</summary>
    public static int Slips(string word) => word.Length switch { < LeastLetters => 0, < LongWord => 1, _ => 2 };

    /// <summary>
    /// The number of letters that were left out, added, exchanged or swapped with their neighbour (optimal string
    /// alignment; Damerau 1964); <c>most + 1</c> where there are more.
    /// </summary>
    public static int Distance(string a, string b, int most)
    {
        if (Math.Abs(a.Length - b.Length) > most)
            return most + 1;
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return Math.Min(rows[a.Length, b.Length], most + 1);
    }
}
