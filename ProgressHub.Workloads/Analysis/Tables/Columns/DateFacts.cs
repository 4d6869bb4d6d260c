using ProgressHub.Workloads.Analysis.Tables.Cells;

namespace ProgressHub.Workloads.Analysis.Tables.Columns;

/// <summary>What the cells of a column have in common as dates.</summary>
internal sealed class DateFacts
{
    private int _separators;

    /// <summary>The orders under which all cells so far are days, as bits.</summary>
    public int Orders { get; private set; } = DateCell.AllOrders;

    /// <summary>Whether all cells so far are dates, each by itself.</summary>
    public bool IsAlive { get; private set; } = true;

    /// <summary>Whether any cell has its parts in an open order.</summary>
    public bool HasOpen { get; private set; }

    /// <summary>Whether any cell has a time of day.</summary>
    public bool HasTime { get; private set; }

    /// <summary>Whether any cell says its offset from UTC.</summary>
    public bool HasOffset { get; private set; }

    /// <summary>Whether any cell has a time without an offset.</summary>
    public bool HasLocalTime { get; private set; }

    /// <summary>Whether any year has two digits.</summary>
    public bool HasTwoDigitYears { get; private set; }

    /// <summary>Whether the open ones are parted by points, as where the day comes first.</summary>
    public bool HasPoints { get; private set; }

    /// <summary>Whether its cells are written in more than one form.</summary>
    public bool IsMixed => (_separators & (_separators - 1)) != 0;

    /// <summary>Whether all cells so far are written as programs do: 2024-01-31 10:00:00.</summary>
    public bool IsPlain { get; private set; } = true;

    /// <summary>Takes a cell that is not missing.</summary>
    public void Add(ReadOnlySpan<char> cell)
    {
        if (PlainDate.IsPlain(cell, out var hasTime))
        {
            HasTime |= hasTime;
            HasLocalTime |= hasTime;
            _separators |= 1;
            return;
        }

        IsPlain = false;
        if (DateReading.Read(cell) is not { } date || date.Orders is var orders && orders == 0)
        {
            IsAlive = false;
            return;
        }

        Orders &= orders;
        HasOpen |= !date.IsKnown;
        HasTime |= date.Time is not null;
        HasOffset |= date.Offset is not null;
        HasLocalTime |= date.Time is not null && date.Offset is null;
        HasTwoDigitYears |= date.TwoDigitYear;
        HasPoints |= !date.IsKnown && date.Separator == '.';
        _separators |= 1 << (date.Separator switch { '-' => date.IsKnown ? 0 : 1, '/' => 2, '.' => 3, ' ' => 4, _ => 5 });
    }
}
