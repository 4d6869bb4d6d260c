namespace ProgressHub.Web.Components.Logs;

/// <summary>The lines of a log that hold a text, in order, and which of them one is at.</summary>
internal sealed class LogSearch(string text)
{
    /// <summary>The most lines it remembers.</summary>
    public const int MostFound = 100_000;

    private readonly List<int> _found = [];
    private int _at = -1;

    /// <summary>What is looked for.</summary>
    public string Text { get; } = text;

    /// <summary>Whether it has looked at all lines there are; those that come later are looked at as they come.</summary>
    public bool IsDone { get; set; }

    /// <summary>How many lines were found.</summary>
    public int Count => _found.Count;

    /// <summary>Which of them one is at, from 1; 0 before the first.</summary>
    public int Position => _at + 1;

    /// <summary>The number of the line one is at.</summary>
    public int? Line => _at >= 0 && _at < _found.Count ? _found[_at] : null;

    /// <summary>Looks at a line.</summary>
    public void Look(int number, string message)
    {
        if (_found.Count < MostFound && AnsiText.Plain(message).Contains(Text, StringComparison.OrdinalIgnoreCase))
            _found.Add(number);
    }

    /// <summary>Goes to the first line at or after one, where such a line was found.</summary>
    /// <returns>Whether it is at a line.</returns>
    public bool TryBegin(int number)
    {
        var place = _found.BinarySearch(number);
        if (place < 0)
            place = ~place;
        if (place < _found.Count)
            _at = place;
        return place < _found.Count;
    }

    /// <summary>Goes to the first line at or after one, or to the first of all.</summary>
    public void Begin(int number)
    {
        if (!TryBegin(number) && _found.Count > 0)
            _at = 0;
    }

    /// <summary>Goes on, from the last to the first again; or back.</summary>
    public void Step(int by)
    {
        if (_found.Count > 0)
            _at = ((_at + by) % _found.Count + _found.Count) % _found.Count;
    }
}
