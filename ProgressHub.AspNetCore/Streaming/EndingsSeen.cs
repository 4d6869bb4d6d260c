using System.Globalization;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>
/// Which ends of an owner's jobs a watcher has been shown: all up to a number, save a few that were committed before it
/// and are shown after it. As text (<c>417</c>, or <c>417.415.416</c> with the missing ones) it is the part of a cursor
/// that outlives the server.
/// </summary>
internal sealed class EndingsSeen(long upTo)
{
    // Ends overtake each other by milliseconds. Beyond this many the mark stands still: an end may then be shown twice
    // after a restart, but none is missed.
    private const int MostMissing = 64;

    private readonly SortedSet<long> _missing = [];
    private long _upTo = upTo;

    /// <summary>All ends up to here have been shown.</summary>
    public long AllUpTo => _missing.Count > 0 ? _missing.Min - 1 : _upTo;

    /// <summary>Whether this end was shown.</summary>
    public bool Has(long ending) => ending <= _upTo && !_missing.Contains(ending);

    /// <summary>An end was shown.</summary>
    public void Add(long ending)
    {
        if (_missing.Remove(ending) || ending <= _upTo || ending - _upTo - 1 + _missing.Count > MostMissing)
            return;
        for (var missing = _upTo + 1; missing < ending; missing++)
            _missing.Add(missing);
        _upTo = ending;
    }

    /// <summary>All ends up to this one were shown, or are of jobs that are gone.</summary>
    public void PassTo(long ending)
    {
        _missing.RemoveWhere(missing => missing <= ending);
        _upTo = Math.Max(_upTo, ending);
    }

    public override string ToString() => string.Join('.', [_upTo, .. _missing]);

    /// <summary>Reads it back; null where it is none.</summary>
    public static EndingsSeen? Parse(string? text)
    {
        if (text is null || text.Length > 2048)
            return null;
        var numbers = new List<long>();
        foreach (var part in text.Split('.'))
        {
            if (!long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return null;
            numbers.Add(number);
        }

        if (numbers.Count > MostMissing + 1 || numbers.Skip(1).Any(missing => missing > numbers[0] || missing == 0))
            return null;
        var seen = new EndingsSeen(numbers[0]);
        seen._missing.UnionWith(numbers.Skip(1));
        return seen;
    }
}
