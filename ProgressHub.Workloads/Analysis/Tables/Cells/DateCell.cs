namespace ProgressHub.Workloads.Analysis.Tables.Cells;

/// <summary>What one cell says as a day or a moment; which of its parts is the day may be open.</summary>
internal readonly record struct DateCell
{
    /// <summary>The three orders as bits, the first the lowest.</summary>
    public const int AllOrders = 7;

    private const int Pivot = 69;
    private readonly (int First, int Second, int Third) _parts;

    /// <summary>A date whose parts are known: year, month, day.</summary>
    public DateCell(int year, int month, int day) => (_parts, IsKnown) = ((year, month, day), true);

    /// <summary>A date of three numbers, of which the last is the year, or of two-digit years perhaps the first.</summary>
    public DateCell(int first, int second, int third, bool twoDigitYear) =>
        (_parts, TwoDigitYear) = ((first, second, third), twoDigitYear);

    /// <summary>Whether its order is beyond doubt: the year comes first, or the month is a word.</summary>
    public bool IsKnown { get; }

    /// <summary>Whether its year has two digits: 69 to 99 are of the last century, as POSIX has it.</summary>
    public bool TwoDigitYear { get; init; }

    /// <summary>What its parts are parted by; a space for words.</summary>
    public char Separator { get; init; }

    /// <summary>The time of day; null for a day alone.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>How far its clock is ahead of UTC; null where it does not say.</summary>
    public TimeSpan? Offset { get; init; }

    /// <summary>The orders under which it is a day of the calendar, as bits.</summary>
    public int Orders
    {
        get
        {
            if (IsKnown)
                return Day(DateOrder.DayFirst) is null ? 0 : AllOrders;
            var orders = 0;
            for (var order = DateOrder.DayFirst; order <= DateOrder.YearFirst; order++)
            {
                if (Day(order) is not null)
                    orders |= 1 << (int)order;
            }

            return orders;
        }
    }

    /// <summary>The moment under an order, in UTC where it says its offset; null where there is no such day.</summary>
    public DateTime? Moment(DateOrder order)
    {
        if (Day(order) is not { } day)
            return null;
        var moment = day + (Time ?? TimeSpan.Zero);
        return Offset is { } offset && moment.Ticks - offset.Ticks >= 0 && moment.Ticks - offset.Ticks <= DateTime.MaxValue.Ticks ? moment - offset : moment;
    }

    private DateTime? Day(DateOrder order)
    {
        var (year, month, day) = IsKnown ? _parts : order switch
        {
            DateOrder.DayFirst => (_parts.Third, _parts.Second, _parts.First),
            DateOrder.MonthFirst => (_parts.Third, _parts.First, _parts.Second),
            _ when !TwoDigitYear => (0, 0, 0),
            _ => _parts,
        };
        if (TwoDigitYear && year is >= 0 and < 100)
            year += year >= Pivot ? 1900 : 2000;
        return year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateTime(year, month, day) : null;
    }
}
