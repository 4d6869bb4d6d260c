namespace ProgressHub.Core.Workloads.Analysis.Tables;

/// <summary>What the cells of a column can be, narrowed with each of them: a type counts where every cell has it.</summary>
internal sealed class ColumnGuess(string name)
{
    /// <summary>How many different texts are remembered, so that questions can name them.</summary>
    private const int MaxValues = 200;
    private const int MaxValue = 100;

    private readonly bool[] _days = [true, true, true];
    private readonly bool[] _moments = [true, true, true];
    private readonly HashSet<string> _values = new(StringComparer.Ordinal);
    private bool _whole = true;
    private bool _real = true;
    private bool _wholeComma = true;
    private bool _realComma = true;
    private bool _yesNo = true;
    private bool _percent;
    private bool _commas;
    private bool _few = true;
    private long _filled;

    /// <summary>Takes the next cell.</summary>
    public void Add(string cell)
    {
        if (CellReading.IsEmpty(cell))
            return;
        _filled++;
        _percent |= cell.EndsWith('%');
        _commas |= cell.Contains(',', StringComparison.Ordinal);
        _yesNo = _yesNo && CellReading.YesNo(cell) is not null;
        AddNumber(cell);
        for (var order = DateOrder.Iso; order <= DateOrder.MonthFirst; order++)
        {
            ref var day = ref _days[(int)order];
            day = day && CellReading.Day(cell, order) is not null;
            ref var moment = ref _moments[(int)order];
            moment = moment && CellReading.Moment(cell, order) is not null;
        }

        if (_few && (cell.Length > MaxValue || (_values.Add(cell.Trim()) && _values.Count > MaxValues)))
        {
            _few = false;
            _values.Clear();
        }
    }

    /// <summary>What the column is, and how to read its cells.</summary>
    /// <param name="commas">Whether the file is of a kind that writes decimals with a comma, where a cell can be read both ways.</param>
    public ColumnFormat Format(bool commas)
    {
        if (_filled == 0)
            return Text();
        if (_yesNo)
            return new ColumnFormat(name, ColumnType.Boolean, false, default, [], null);
        if (Order(_days) is { } day)
            return new ColumnFormat(name, ColumnType.Date, false, day, [], Doubt(_days));
        if (Order(_moments) is { } moment)
            return new ColumnFormat(name, ColumnType.DateTime, false, moment, [], Doubt(_moments));

        var comma = (_realComma && !_real) || (commas && _commas && _realComma);
        if (comma ? !_realComma : !_real)
            return Text();
        var type = (comma ? _wholeComma : _whole) ? ColumnType.Whole : ColumnType.Real;
        return new ColumnFormat(name, type, comma, default, [], _percent ? $"'{name}' is in percent: 12% is kept as 12." : null);
    }

    private ColumnFormat Text() =>
        new(name, ColumnType.Text, false, default, _few ? [.. _values.Order(StringComparer.Ordinal)] : [], null);

    private void AddNumber(string cell)
    {
        if (!_real && !_realComma)
            return;
        if (CellReading.IsCode(cell) && CellReading.Whole(cell, decimalComma: false) is not null)
            _real = _realComma = false;
        _real = _real && CellReading.Number(cell, decimalComma: false) is not null;
        _realComma = _realComma && CellReading.Number(cell, decimalComma: true) is not null;
        _whole = _whole && _real && CellReading.Whole(cell, decimalComma: false) is not null;
        _wholeComma = _wholeComma && _realComma && CellReading.Whole(cell, decimalComma: true) is not null;
    }

    // Where all days are below 13 nobody can tell day and month apart.
    private static DateOrder? Order(bool[] possible) =>
        possible[(int)DateOrder.Iso] ? DateOrder.Iso
        : possible[(int)DateOrder.MonthFirst] ? DateOrder.MonthFirst
        : possible[(int)DateOrder.DayFirst] ? DateOrder.DayFirst : null;

    private string? Doubt(bool[] possible) => possible is [false, true, true]
        ? $"The dates in '{name}' can be read both ways; they were read as month first. Write YYYY-MM-DD to be sure."
        : null;
}

/// <summary>How the cells of a column are read.</summary>
/// <param name="Name">The column.</param>
/// <param name="Type">What they are.</param>
/// <param name="DecimalComma">Whether decimals stand behind a comma.</param>
/// <param name="Order">Which part of a date comes first.</param>
/// <param name="Values">For text of few different values: all of them.</param>
/// <param name="Warning">What to tell about it.</param>
internal sealed record ColumnFormat(
    string Name, ColumnType Type, bool DecimalComma, DateOrder Order, IReadOnlyList<string> Values, string? Warning);
