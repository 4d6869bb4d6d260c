namespace ProgressHub.Workloads.Analysis.Tables.Cells;

/// <summary>Goes through the parts of a date.</summary>
internal ref struct DateScanner(ReadOnlySpan<char> text)
{
    private static readonly string[] Weekdays =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tues", "tue", "wed", "thurs", "thu", "fri", "sat", "sun"];

    private static readonly string[] Ordinals = ["st", "nd", "rd", "th"];
    private ReadOnlySpan<char> _rest = text;

    public readonly ReadOnlySpan<char> Remaining => _rest;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public readonly bool IsAtLetter => !_rest.IsEmpty && char.IsLetter(_rest[0]);

    /// <summary>A number of up to nine digits; its length is 0 where there is none.</summary>
    public int Number(out int length)
    {
        var value = 0;
        for (length = 0; length < _rest.Length && length < 9 && char.IsAsciiDigit(_rest[length]); length++)
            value = (value * 10) + (_rest[length] - '0');
        _rest = _rest[length..];
        return value;
    }

    public bool Take(char c)
    {
        if (_rest.IsEmpty || _rest[0] != c)
            return false;
        _rest = _rest[1..];
        return true;
    }

    /// <summary>What stands between two parts; NUL where nothing does. A point before a word has a space after it.</summary>
    public char Separator()
    {
        if (_rest.IsEmpty || _rest[0] is not ('-' or '/' or '.' or ' ' or '\u2010' or '\u2011'))
            return '\0';
        var separator = _rest[0];
        _rest = _rest[1..].TrimStart(' ');
        return separator;
    }

    /// <summary>Passes over what may stand between words and numbers; false where nothing does.</summary>
    public bool SkipBetween()
    {
        var before = _rest.Length;
        _rest = _rest.TrimStart(" .,-/'");
        return _rest.Length < before;
    }

    /// <summary>The month that a word names; 0 where it names none.</summary>
    public int Month()
    {
        var length = 0;
        while (length < _rest.Length && (char.IsLetter(_rest[length]) || _rest[length] == '.'))
            length++;
        var month = MonthNames.Find(_rest[..length]);
        if (month > 0)
            _rest = _rest[length..];
        return month;
    }

    /// <summary>Passes over the letters of 1st, 2nd, 3rd, 4th.</summary>
    public void TakeOrdinal()
    {
        foreach (var ordinal in Ordinals)
        {
            if (_rest.StartsWith(ordinal, StringComparison.OrdinalIgnoreCase) && (_rest.Length == 2 || !char.IsLetter(_rest[2])))
            {
                _rest = _rest[2..];
                return;
            }
        }
    }

    /// <summary>Passes over the name of a day.</summary>
    public void TakeWeekday()
    {
        foreach (var name in Weekdays)
        {
            if (_rest.StartsWith(name, StringComparison.OrdinalIgnoreCase) && _rest.Length > name.Length && !char.IsLetter(_rest[name.Length]))
            {
                _rest = _rest[name.Length..].TrimStart(" ,.");
                return;
            }
        }
    }
}
