using ProgressHub.Workloads.Analysis.Tables.Cells;

namespace ProgressHub.Workloads.Analysis.Tables.Columns;

/// <summary>What the columns that leave no doubt say about those that do: people write one file in one way.</summary>
/// <param name="DecimalComma">Whether decimals stand behind a comma; null where nothing tells.</param>
/// <param name="Order">Which part of a date comes first; null where nothing tells.</param>
internal readonly record struct FileEvidence(bool? DecimalComma, DateOrder? Order)
{
    /// <summary>Whether semicolons part its fields, as where points stand between thousands.</summary>
    public bool HasSemicolons { get; private init; }

    /// <summary>Weighs the columns.</summary>
    /// <param name="columns">All of them.</param>
    /// <param name="delimiter">What stands between fields: semicolons do where commas are needed for decimals.</param>
    public static FileEvidence Of(IReadOnlyList<ColumnFacts> columns, char delimiter)
    {
        var numbers = columns.Where(c => c.Filled > 0 && c.Numbers.IsAlive).Select(c => c.Numbers).ToList();
        var comma = numbers.Any(n => n.Comma && !n.Point);
        var point = numbers.Any(n => n.Point && !n.Comma);
        var dates = columns.Where(c => c.Filled > 0 && c.Dates is { IsAlive: true, HasOpen: true }).Select(c => c.Dates.Orders).ToList();
        var dayFirst = dates.Contains(1 << (int)DateOrder.DayFirst);
        var monthFirst = dates.Contains(1 << (int)DateOrder.MonthFirst);
        bool? decimalComma = comma != point ? comma : null;
        return new FileEvidence(
            decimalComma,
            dayFirst != monthFirst ? (dayFirst ? DateOrder.DayFirst : DateOrder.MonthFirst)
                : decimalComma == true || (delimiter == ';' && decimalComma is null) ? DateOrder.DayFirst : null) { HasSemicolons = delimiter == ';' };
    }
}
