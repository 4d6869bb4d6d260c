using System.Runtime.InteropServices;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Web.Components.Logs;

/// <summary>A line of a log, as it is known without its text.</summary>
/// <param name="Number">Its place among all lines, from 1.</param>
/// <param name="Seq">The event's number within the job.</param>
/// <param name="Level">How grave it is.</param>
/// <param name="Widths">How wide each line of its message is.</param>
internal readonly record struct LogEntry(int Number, long Seq, JobLogLevel Level, int[] Widths);

/// <summary>
/// Where each line of a log stands: which event it is, and in which rows of the page it is shown. Some forty bytes a line,
/// so that any of a long log can be gone to at once while their texts stay in the store.
/// </summary>
internal sealed class LogIndex
{
    /// <summary>The most lines it takes in; what comes later is in the download.</summary>
    public const int MostLines = 500_000;

    private readonly List<LogEntry> _entries = [];
    private readonly List<int> _shown = []; // places in _entries
    private readonly List<int> _firstRows = []; // of each that is shown
    private Func<JobLogLevel, bool> _filter = static _ => true;
    private int? _columns;

    /// <summary>How many lines there are.</summary>
    public int Count => _entries.Count;

    /// <summary>How many of them are shown.</summary>
    public int Shown => _shown.Count;

    /// <summary>How many rows those take.</summary>
    public int Rows { get; private set; }

    /// <summary>Whether it takes in no more.</summary>
    public bool IsFull => _entries.Count >= MostLines;

    /// <summary>How wide the widest line is, in columns.</summary>
    public int Widest { get; private set; }

    /// <summary>Takes in the next line.</summary>
    public void Add(LogEvent line)
    {
        if (IsFull)
            return;
        var entry = new LogEntry(_entries.Count + 1, line.Seq, line.Level, LogRows.Widths(line.Message));
        _entries.Add(entry);
        Widest = Math.Max(Widest, entry.Widths.Max());
        if (_filter(entry.Level))
            Show(_entries.Count - 1);
    }

    /// <summary>Lays the lines out anew.</summary>
    /// <param name="filter">Which levels are shown.</param>
    /// <param name="columns">Where lines are wrapped; null for nowhere.</param>
    public void Arrange(Func<JobLogLevel, bool> filter, int? columns)
    {
        _filter = filter;
        _columns = columns;
        _shown.Clear();
        _firstRows.Clear();
        Rows = 0;
        var entries = CollectionsMarshal.AsSpan(_entries);
        for (var place = 0; place < entries.Length; place++)
        {
            if (filter(entries[place].Level))
                Show(place);
        }
    }

    /// <summary>The line that is shown in a row, and the first row it takes.</summary>
    public (LogEntry Entry, int FirstRow) At(int row)
    {
        var place = _firstRows.BinarySearch(row);
        if (place < 0)
            place = ~place - 1;
        return (_entries[_shown[place]], _firstRows[place]);
    }

    /// <summary>The first row of a line; of the next that is shown where this one is not; null where none is.</summary>
    public int? RowOf(int number)
    {
        var place = _shown.BinarySearch(number - 1);
        if (place < 0)
            place = ~place;
        return place < _firstRows.Count ? _firstRows[place] : null;
    }

    /// <summary>Whether a line is shown.</summary>
    public bool IsShown(int number) => _shown.BinarySearch(number - 1) >= 0;

    /// <summary>The number of the line that an event is.</summary>
    public int? NumberOf(long seq)
    {
        var (low, high) = (0, _entries.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (_entries[middle].Seq == seq)
                return middle + 1;
            if (_entries[middle].Seq < seq)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return null;
    }

    private void Show(int place)
    {
        _shown.Add(place);
        _firstRows.Add(Rows);
        Rows += LogRows.Count(_entries[place].Widths, _columns);
    }
}
