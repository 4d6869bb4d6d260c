namespace ProgressHub.Workloads.Analysis.Tables.Cells;

/// <summary>
/// The groups that a number's digits stand in: three by three, or as in India two by two before the last three. Other groups
/// mean that it is no number: a date, a telephone number, a version.
/// </summary>
internal struct DigitGroups
{
    private int _first;
    private int _current;
    private int _twos;
    private int _threes;
    private bool _wrong;

    /// <summary>What stands between them; null where there is one group only.</summary>
    public char? Separator { get; private set; }

    /// <summary>Whether a character can stand between groups, where another stands before decimals.</summary>
    public static bool IsSeparator(char c, char point) =>
        c is ' ' or '\u00A0' or '\u202F' or '\u2009' or '\'' or '\u2019' || (c is '.' or ',' && c != point);

    public void AddDigit() => _current++;

    /// <summary>Ends a group; false where it can't end with this.</summary>
    public bool AddSeparator(char c)
    {
        if (_current == 0 || (Separator is { } usual && usual != c))
            return false;
        End(c);
        return true;
    }

    /// <summary>Whether all groups are as they should be; called once, after the last digit.</summary>
    public bool AreRight(ReadOnlySpan<char> core)
    {
        if (Separator is null)
            return true;
        if (_wrong || _current != 3 || _first > 3 || core[0] == '0')
            return false;
        return _twos == 0 || (_threes == 0 && Separator == ',' && _first <= 2);
    }

    private void End(char c)
    {
        if (Separator is null)
            _first = _current;
        else if (_current == 3)
            _threes++;
        else if (_current == 2)
            _twos++;
        else
            _wrong = true;
        Separator = c;
        _current = 0;
    }
}
