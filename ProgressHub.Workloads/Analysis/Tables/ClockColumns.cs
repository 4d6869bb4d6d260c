using System.Text.RegularExpressions;

namespace ProgressHub.Workloads.Analysis.Tables;

/// <summary>Columns of how long something took that are kept as text, such as 3:45:12: they can be ordered, bounded and averaged, in seconds.</summary>
internal static partial class ClockColumns
{
    /// <summary>Whether all texts are hours, minutes and seconds, or minutes and seconds, of a length of time and not of a time of the day.</summary>
    public static bool IsClock(this TableColumn column) => column.Type == ColumnType.Text && IsLength().IsMatch(column.Name) && !IsMoment().IsMatch(column.Name)
        && (column.Samples.Count > 0 ? column.Samples : column.Values) is { Count: > 0 } texts && (texts.All(t => Hours().IsMatch(t)) || (IsShort().IsMatch(column.Name) && texts.All(t => Minutes().IsMatch(t))));

    /// <summary>Its seconds in SQL.</summary>
    public static string Seconds(this TableColumn column)
    {
        string Part(int n) => $"CAST(split_part({column.Sql}, ':', {n}) AS INTEGER)";
        return Hours().IsMatch(column.Samples.Concat(column.Values).First()) ? $"({Part(1)} * 3600 + {Part(2)} * 60 + {Part(3)})" : $"({Part(1)} * 60 + {Part(2)})";
    }

    [GeneratedRegex("time|duration|split|lap|pace|finish|chip|gun|elapsed", RegexOptions.IgnoreCase)]
    private static partial Regex IsLength();

    [GeneratedRegex("start|depart|arriv|open|close|order|clock|sched|appoint|login|stamp|birth|day", RegexOptions.IgnoreCase)]
    private static partial Regex IsMoment();

    [GeneratedRegex("duration|split|lap|pace|length", RegexOptions.IgnoreCase)]
    private static partial Regex IsShort();

    [GeneratedRegex(@"^\d{1,3}:[0-5]\d:[0-5]\d$")]
    private static partial Regex Hours();

    [GeneratedRegex(@"^\d{1,3}:[0-5]\d$")]
    private static partial Regex Minutes();
}
