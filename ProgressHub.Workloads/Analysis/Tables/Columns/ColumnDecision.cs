using System.Globalization;
using ProgressHub.Workloads.Analysis.Tables.Cells;

namespace ProgressHub.Workloads.Analysis.Tables.Columns;

/// <summary>Decides what a column is from all that was learned of it, and says where it could have been otherwise.</summary>
internal sealed class ColumnDecision(string name, string written, ColumnFacts facts, FileEvidence evidence)
{
    // What a decimal of ours holds; above 18 digits the engine is slower with it, and as exact.
    private const int MaxDecimalDigits = 28;
    private const int SureDoubleDigits = 15;
    private const int MaxDecimals = 10;
    private const int MaxLongDigits = 18;
    private const int MaxWholeDigits = 38;
    private const int SureRows = 20;
    private readonly List<string> _notes = [];

    /// <summary>Decides.</summary>
    /// <param name="wanted">What a person said about it; null where they leave it to the cells.</param>
    public ColumnFormat Decide(ColumnReading? wanted) => wanted?.Type switch
    {
        ColumnType.Text => Text(wanted),
        ColumnType.Whole or ColumnType.Real => Number(wanted),
        ColumnType.Boolean => New(ColumnType.Boolean, "BOOLEAN", wanted),
        ColumnType.Date or ColumnType.DateTime => Date(wanted),
        _ => Guess(wanted),
    };

    private ColumnFormat Guess(ColumnReading? wanted)
    {
        if (facts.Filled == 0)
            return Text(wanted);
        if (facts.IsSureYesNo && facts.MayBeCode)
            _notes.Add($"All cells of '{name}' are the same, and were read as yes or no; they may be a code.");
        if (facts.IsSureYesNo)
            return New(ColumnType.Boolean, "BOOLEAN", wanted);
        if (IsCountedDate())
            return Date(wanted);
        if (facts.Numbers.IsAlive)
            return IsNoNumber() is { } why ? Text(wanted, why) : Number(wanted);
        if (!facts.Dates.IsAlive)
            return Text(wanted);
        return facts.Dates.Orders != 0 || wanted?.Order is not null ? Date(wanted) : Text(
            wanted, $"The dates in '{name}' are in more than one order, some with the day first, some with the month, so they were read as text.");
    }

    // Numbers that the column's name, or all of its many cells, make days.
    private bool IsCountedDate()
    {
        var named = ColumnNaming.IsDate(name);
        if (facts.IsCompactDate && (named || facts.Filled >= SureRows))
            return true;
        return facts.IsSerialDate && named;
    }

    private string? IsNoNumber()
    {
        var numbers = facts.Numbers;
        if (numbers.HasCodes)
            return $"'{name}' has leading zeros or telephone numbers, so it was read as text.";
        if (numbers.ExponentsAreCodes)
            return $"'{name}' has codes such as 12E3, so it was read as text.";
        if (ColumnNaming.IsCode(name) && numbers.PointSize is { Decimals: 0, HasExponent: false } && numbers.Unit is null)
            return $"'{name}' was read as text because of its name.";
        if (numbers.MixedUnits.Count > 0)
            return $"'{name}' mixes units ({string.Join(", ", numbers.MixedUnits)}{(numbers.UnitOnSome ? ", or none" : "")}), which do not add up, so it was read as text.";
        return Math.Max(numbers.PointSize.Whole, numbers.CommaSize.Whole) > MaxWholeDigits && numbers is { PointSize.HasExponent: false } ? "" : null;
    }

    private ColumnFormat Number(ColumnReading? wanted)
    {
        var numbers = facts.Numbers;
        var comma = wanted?.DecimalSign is { } sign ? sign == "," : DecimalComma(numbers);
        var size = comma ? numbers.CommaSize : numbers.PointSize;
        if (numbers.UnitOnSome && numbers.MixedUnits.Count == 0)
            _notes.Add($"Only some cells of '{name}' have a unit; all were read as plain numbers.");
        if (numbers.Unit == "%")
            _notes.Add($"'{name}' is in percent: 12% is kept as 12.");
        var isWhole = size is { Decimals: 0, HasExponent: false } && numbers.IsAlive;
        var (type, stored, decimals) =
            wanted?.Type == ColumnType.Real && !numbers.IsAlive ? (ColumnType.Real, "DOUBLE", 0)
            : wanted?.Type == ColumnType.Whole ? (ColumnType.Whole, size.Whole > MaxLongDigits ? "HUGEINT" : "BIGINT", 0)
            : isWhole && wanted?.Type != ColumnType.Real ? (ColumnType.Whole, size.Whole > MaxLongDigits ? "HUGEINT" : "BIGINT", 0)
            : size.HasExponent || size.Decimals > MaxDecimals || size.Whole + size.Decimals > MaxDecimalDigits ? (ColumnType.Real, "DOUBLE", 0)
            : (ColumnType.Real, Decimal(size), size.Decimals);
        if (stored == "DOUBLE" && !size.HasExponent && size.Whole + size.Decimals > SureDoubleDigits)
            _notes.Add($"Numbers in '{name}' have more digits than are kept: they were rounded to about {SureDoubleDigits}.");
        return New(type, stored, wanted) with { DecimalComma = comma, Unit = numbers.Unit, Decimals = decimals };
    }

    private static string Decimal(NumberSize size) => string.Create(
        CultureInfo.InvariantCulture, $"DECIMAL({Math.Max(1, size.Whole + size.Decimals)},{size.Decimals})");

    private bool DecimalComma(NumberFacts numbers)
    {
        if (!numbers.Point || !numbers.Comma)
            return numbers.Comma;
        if (!numbers.Differ)
            return false;

        // Each cell can be read both ways. What has three digits behind its sign each time is thousands, unless the file says otherwise,
        // or points are what its decimals would stand behind.
        var comma = evidence.DecimalComma ?? (evidence.HasSemicolons && !numbers.OnlyCommaThousands);
        var read = (comma, numbers.OnlyCommaThousands) switch
        {
            (true, true) => "1,234 as one and a bit",
            (true, false) => "1.234 as 1234",
            (false, true) => "1,234 as 1234",
            (false, false) => "1.234 as one and a bit",
        };
        _notes.Add($"The numbers in '{name}' can be read both ways; they were read with decimals behind a {(comma ? "comma" : "point")}: {read}.");
        return comma;
    }

    private ColumnFormat Date(ColumnReading? wanted)
    {
        var dates = facts.Dates;
        var form = dates.IsAlive || facts.Filled == 0 ? DateForm.Parts
            : facts.IsCompactDate ? DateForm.Compact
            : facts.IsSerialDate ? DateForm.Serial : DateForm.Parts;
        var fits = facts.IsSerialDate && form == DateForm.Serial && facts.Numbers.PointSize.Decimals > 0;
        var type = wanted?.Type ?? (dates.HasTime || fits ? ColumnType.DateTime : ColumnType.Date);
        if (form == DateForm.Serial)
            _notes.Add($"'{name}' has numbers as Excel counts days; they were read as dates.");
        if (form == DateForm.Compact && !ColumnNaming.IsDate(name))
            _notes.Add($"'{name}' has numbers such as 20240131; they were read as dates.");
        if (dates is { HasOffset: true, HasLocalTime: true })
            _notes.Add($"Some times in '{name}' say how far they are from UTC and some do not; the latter were taken as UTC.");
        else if (dates.HasOffset)
            _notes.Add($"The times in '{name}' were brought to UTC.");
        if (dates.HasTwoDigitYears)
            _notes.Add($"The years in '{name}' have two digits: 69 to 99 were read as 1969 to 1999, the others as 2000 and later.");
        if (dates.IsMixed && form == DateForm.Parts)
            _notes.Add($"The dates in '{name}' are written in more than one form.");
        return New(type, type == ColumnType.Date ? "DATE" : "TIMESTAMP", wanted) with { Order = wanted?.Order ?? Order(dates), Form = form };
    }

    private DateOrder Order(DateFacts dates)
    {
        var possible = Enum.GetValues<DateOrder>().Where(o => (dates.Orders & (1 << (int)o)) != 0).ToArray();
        if (!dates.HasOpen || possible.Length < 2)
            return possible.FirstOrDefault();
        var order = dates.HasPoints && possible.Contains(DateOrder.DayFirst) ? DateOrder.DayFirst
            : evidence.Order is { } other && possible.Contains(other) ? other
            : possible.Contains(DateOrder.MonthFirst) ? DateOrder.MonthFirst : possible[0];
        var words = order switch { DateOrder.DayFirst => "day", DateOrder.MonthFirst => "month", _ => "year" };
        _notes.Add($"The dates in '{name}' can be read both ways; they were read as {words} first. Write YYYY-MM-DD to be sure.");
        return order;
    }

    private ColumnFormat Text(ColumnReading? wanted, string? why = null)
    {
        if (!string.IsNullOrEmpty(why))
            _notes.Add(why);
        List<string> missing = [];
        foreach (var (mark, count) in facts.Marks)
        {
            if (MissingMarks.IsStroke(mark) || (mark == "NA" && facts.Filled > 0 && facts.Words.ShareOfCodes() < 0.5))
                missing.Add(mark);
            if (mark is "NA" or "none")
                _notes.Add(string.Create(CultureInfo.InvariantCulture, $"'{mark}' in {count:N0} cells of '{name}' was read as {(missing.Contains(mark) ? "missing" : "a value")}."));
        }

        var format = New(ColumnType.Text, "VARCHAR", wanted, missing);
        return format with
        {
            Values = [.. facts.Words.All.Where(v => !format.Missing.Contains(v, StringComparer.OrdinalIgnoreCase))],
            Samples = facts.Words.Samples,
        };
    }

    private ColumnFormat New(ColumnType type, string stored, ColumnReading? wanted, IReadOnlyList<string>? missing = null) => new()
    {
        Name = name,
        Written = written,
        Type = type,
        Stored = stored,
        Missing = wanted?.Missing ?? missing ?? [.. facts.Marks.Keys],
        Notes = _notes,
    };
}
