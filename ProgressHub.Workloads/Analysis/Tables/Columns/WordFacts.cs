namespace ProgressHub.Workloads.Analysis.Tables.Columns;

/// <summary>The different texts of a column, as long as they are few; and a few of them where they are many.</summary>
internal sealed class WordFacts
{
    private const int MaxValues = 200;
    private const int MaxValue = 100;
    private const int MaxSamples = 20;
    private readonly HashSet<string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

    public WordFacts() => _bySpan = _values.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether all different texts are known.</summary>
    public bool AreFew { get; private set; } = true;

    /// <summary>All of them, sorted; none where they are too many.</summary>
    public IReadOnlyList<string> All => AreFew ? [.. _values.Order(StringComparer.Ordinal)] : [];

    /// <summary>Some of them.</summary>
    public IReadOnlyList<string> Samples => AreFew ? [] : [.. _values.Take(MaxSamples)];

    public void Add(ReadOnlySpan<char> cell)
    {
        if (!AreFew)
            return;
        AreFew = cell.Length <= MaxValue && !(_bySpan.Add(cell) && _values.Count > MaxValues);
    }

    /// <summary>Whether it is one of the texts; asked only where they are few.</summary>
    public bool Has(string value) => _values.Contains(value);

    /// <summary>The same, without making a string of it; false where they are too many.</summary>
    public bool Has(ReadOnlySpan<char> value) => AreFew && _bySpan.Contains(value);

    /// <summary>How large a share of them is in capitals of two or three letters, as codes are.</summary>
    public double ShareOfCodes()
    {
        var words = _values.Where(v => !Cells.MissingMarks.IsPerhapsMissing(v, out _)).ToList();
        return words.Count == 0 ? 0 : (double)words.Count(v => v.Length is 2 or 3 && v.All(char.IsAsciiLetterUpper)) / words.Count;
    }
}
