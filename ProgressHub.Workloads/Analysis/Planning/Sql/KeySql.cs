using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Sql;

/// <summary>Keys as DuckDB reads them.</summary>
internal static class KeySql
{
    /// <summary>The expression whose values are the groups.</summary>
    public static string Of(Key key)
    {
        var column = key.Column.Sql;
        return key.Bucket switch
        {
            null => column,
            Bucket.Year when key.Column.Type == ColumnType.Text => $"left({column}, 4)",
            Bucket.Day => $"strftime({column}, '%Y-%m-%d')",
            Bucket.Week => $"strftime(date_trunc('week', {column}), '%Y-%m-%d')",
            Bucket.Month => $"strftime({column}, '%Y-%m')",
            Bucket.Quarter => $"year({column}) || '-Q' || quarter({column})",
            Bucket.Year => $"strftime({column}, '%Y')",
            Bucket.Weekday => $"dayname({column})",
            Bucket.MonthName => $"monthname({column})",
            _ => $"hour({column})",
        };
    }

    /// <summary>What groups are put in order by, where their names are in no order themselves; null where they are.</summary>
    public static string? Order(Key key) => key.Bucket switch
    {
        Bucket.Weekday => $"min(isodow({key.Column.Sql}))",
        Bucket.MonthName => $"min(month({key.Column.Sql}))",
        _ => null,
    };

    /// <summary>With what it is called in the result.</summary>
    public static string Named(Key key) => $"{Of(key)} AS {SqlText.Name(key.Name)}";
}
