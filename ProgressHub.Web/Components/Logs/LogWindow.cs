using ProgressHub.Core.Events;

namespace ProgressHub.Web.Components.Logs;

/// <summary>
/// The rows of a log that the page holds: those that are looked at and some around them. To be used on the renderer's
/// context.
/// </summary>
internal sealed class LogWindow(LogIndex index, LogReader reader)
{
    /// <summary>The most rows the page holds.</summary>
    public const int Most = 400;

    private const int Least = 120;

    private int _count = Least;
    private int _loads;

    /// <summary>The rows.</summary>
    public IReadOnlyList<LogViewRow> Rows { get; private set; } = [];

    /// <summary>Which row the first of them is.</summary>
    public int First { get; private set; }

    /// <summary>Whether they are the log's last ones while it is not known yet which those are.</summary>
    public bool IsTail { get; private set; }

    /// <summary>Whether it stays at the end.</summary>
    public bool Follows { get; set; } = true;

    /// <summary>How many rows there are in all.</summary>
    public int All => IsTail ? Rows.Count : index.Rows;

    /// <summary>Shows the last lines; their numbers are not known yet.</summary>
    public void ShowTail(IReadOnlyList<LogEvent> lines)
    {
        IsTail = true;
        First = 0;
        List<LogViewRow> rows = [];
        foreach (var line in lines)
            rows.AddRange(LogRows.Cut(line.Message, null).Select((spans, i) => new LogViewRow(rows.Count + i, 0, line, i == 0, spans)));
        Rows = rows;
    }

    /// <summary>Holds other rows.</summary>
    /// <param name="first">The first; may be out of bounds.</param>
    /// <param name="count">How many.</param>
    /// <param name="columns">Where lines are wrapped; null for nowhere.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task LookAsync(int first, int count, int? columns, CancellationToken cancellationToken)
    {
        _count = Math.Clamp(count, Least, Most);
        return LoadAsync(first, columns, cancellationToken);
    }

    /// <summary>Holds the rows around one.</summary>
    public Task LookAroundAsync(int row, int? columns, CancellationToken cancellationToken)
    {
        Follows = false;
        return LoadAsync(row - (_count / 2), columns, cancellationToken);
    }

    /// <summary>Reads the rows again, or the last ones where it stays at the end.</summary>
    public Task RefreshAsync(int? columns, CancellationToken cancellationToken) =>
        LoadAsync(Follows ? index.Rows - _count : First, columns, cancellationToken);

    // The latest call wins: an earlier one that is still reading must not put its rows back.
    private async Task LoadAsync(int first, int? columns, CancellationToken cancellationToken)
    {
        var load = ++_loads;
        first = Math.Max(0, Math.Min(first, index.Rows - _count));
        var end = Math.Min(first + _count, index.Rows);
        List<(LogEntry Entry, int FirstRow)> entries = [];
        for (var row = first; row < end;)
        {
            var (entry, firstRow) = index.At(row);
            entries.Add((entry, firstRow));
            row = firstRow + entry.Rows;
        }

        var lines = await reader.ReadAsync([.. entries.Select(e => e.Entry.Seq)], cancellationToken);
        if (load != _loads)
            return;
        List<LogViewRow> rows = [];
        LogEvent? before = null;
        foreach (var (entry, firstRow) in entries)
        {
            if (!lines.TryGetValue(entry.Seq, out var line))
                continue;
            var begins = before is not null && before.Attempt != line.Attempt;
            before = line;
            var cut = LogRows.Cut(line.Message, columns);
            for (var i = 0; i < entry.Rows; i++)
            {
                if (firstRow + i >= first && firstRow + i < end)
                    rows.Add(new LogViewRow(firstRow + i, entry.Number, line, i == 0, i < cut.Count ? cut[i] : []) { BeginsAttempt = begins && i == 0 });
            }
        }

        (First, Rows, IsTail) = (first, rows, false);
    }
}
