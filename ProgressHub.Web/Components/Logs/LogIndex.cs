using System.Runtime.InteropServices;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Web.Components.Logs;

/// <summary>A line of a log, as it is known without its text.</summary>
/// <param name="Number">Its place among all lines, from 1.</param>
/// <param name="Seq">The event's number within the job.</param>
/// <param name="Level">How grave it is.</param>
/// <param name="Rows">How many rows it takes.</param>
internal readonly record struct LogEntry(int Number, long Seq, JobLogLevel Level, int Rows);

/// <summary>
/// Where each line of a log stands: which event it is, and in which rows of the page it is shown. Some thirty bytes a line,
/// so that any of a million can be gone to at once while their texts stay in the store.
/// </summary>
internal sealed class LogIndex
{
    /// <summary>The most lines it takes in; what comes later is in the download.</summary>
    public const int MostLines = 1_000_000;

    private readonly List<Line> _lines = [];
    private readonly Dictionary<int, int[]> _folded = []; // widths of each line of a message that has several
    private readonly List<int> _shown = []; // places in _lines
    private readonly List<int> _firstRows = []; // of each that is shown
    private Func<JobLogLevel, bool> _filter = static _ => true;
    private int? _columns;

    /// <summary>How many lines there are.</summary>
    public int Count => _lines.Count;

    /// <summary>How many of them are shown.</summary>
    public int Shown => _shown.Count;

    /// <summary>How many rows those take.</summary>
    public int Rows { get; private set; }

    /// <summary>Whether it takes in no more.</summary>
    public bool IsFull => _lines.Count >= MostLines;

    /// <summary>How wide the widest line is, in columns.</summary>
    public int Widest { get; private set; }

    /// <summary>Takes in the next line.</summary>
    public void Add(LogEvent line)
    {
        if (IsFull)
            return;
        var widths = LogRows.Widths(line.Message);
        if (widths.Length > 1)
            _folded.Add(_lines.Count, widths);
        _lines.Add(new Line(line.Seq, widths[0], line.Level));
        Widest = Math.Max(Widest, widths.Max());
        if (_filter(line.Level))
            Show(_lines.Count - 1);
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
        var lines = CollectionsMarshal.AsSpan(_lines);
        for (var place = 0; place < lines.Length; place++)
        {
            if (filter(lines[place].Level))
                Show(place);
        }
    }

    /// <summary>The line that is shown in a row, and the first row it takes.</summary>
    public (LogEntry Entry, int FirstRow) At(int row)
    {
        var at = _firstRows.BinarySearch(row);
        if (at < 0)
            at = ~at - 1;
        var place = _shown[at];
        return (new LogEntry(place + 1, _lines[place].Seq, _lines[place].Level, RowsOf(place)), _firstRows[at]);
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

    private void Show(int place)
    {
        _shown.Add(place);
        _firstRows.Add(Rows);
        Rows += RowsOf(place);
    }

    private int RowsOf(int place) =>
        _folded.TryGetValue(place, out var widths) ? LogRows.Count(widths, _columns) : LogRows.Count([_lines[place].Width], _columns);

    private readonly record struct Line(long Seq, int Width, JobLogLevel Level);
}
