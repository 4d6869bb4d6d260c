using ProgressHub.Core.Workloads.Analysis.Tables;

namespace ProgressHub.Core.Workloads.Analysis.Planning;

/// <summary>Writes the queries of the rules.</summary>
internal sealed class PlanBuilder(TableProfile table, IReadOnlyList<string> conditions)
{
    private const int DefaultRows = 100;
    private const int DefaultGroups = 10;
    private const int MaxPoints = 1000;

    private string Where(params IReadOnlyList<string> more) =>
        conditions.Count + more.Count == 0 ? "" : $"\nWHERE {string.Join(" AND ", conditions.Concat(more))}";

    /// <summary>What a measure of a column is called.</summary>
    public static string Label(Measure measure, TableColumn? column) => measure switch
    {
        Measure.Count => "rows",
        Measure.Distinct => $"different {column!.Name}",
        Measure.Sum => $"total {column!.Name}",
        Measure.Average => $"average {column!.Name}",
        Measure.Median => $"median {column!.Name}",
        Measure.Maximum => $"highest {column!.Name}",
        Measure.Minimum => $"lowest {column!.Name}",
        Measure.Spread => $"standard deviation of {column!.Name}",
        _ => "volatility",
    };

    /// <summary>One value.</summary>
    public QuestionPlan Value(Measure measure, TableColumn? column) => new(
        PlanKind.Value,
        $"SELECT {Expression(measure, column)} AS {Alias(measure, column)}\nFROM {TableProfile.Table}{Where()}",
        $"The {Words(measure, column)}")
    {
        Y = Label(measure, column),
    };

    /// <summary>The usual figures of a column.</summary>
    public QuestionPlan Summary(TableColumn column) => new(
        PlanKind.Value,
        $"""
        SELECT count({column.Sql}) AS "values", avg({column.Sql}) AS "average", median({column.Sql}) AS "median",
          min({column.Sql}) AS "lowest", max({column.Sql}) AS "highest", stdev({column.Sql}) AS "standard deviation"
        FROM {TableProfile.Table}{Where()}
        """,
        $"The usual figures of {column.Name}");

    /// <summary>A value for each group.</summary>
    public QuestionPlan Groups(Measure measure, TableColumn? column, string key, string keyName, bool? top, int? limit)
    {
        var label = Label(measure, column);
        var order = top == false ? "ASC" : "DESC";
        // Ranked, the first few are meant; otherwise all groups.
        var most = limit ?? (top is null ? DefaultRows : DefaultGroups);
        return new QuestionPlan(
            PlanKind.Groups,
            $"""
            SELECT {key} AS {SqlText.Name(keyName)}, {Expression(measure, column)} AS {SqlText.Name(label)}
            FROM {TableProfile.Table}{Where($"{key} IS NOT NULL")}
            GROUP BY 1
            ORDER BY {SqlText.Name(label)} IS NULL, {SqlText.Name(label)} {order}, 1
            LIMIT {most}
            """,
            $"The {Words(measure, column)}, by {keyName}{(top is null ? "" : top.Value ? ", the highest first" : ", the lowest first")}")
        {
            X = keyName, Y = label, Descending = top ?? true,
        };
    }

    /// <summary>A value over time.</summary>
    public QuestionPlan Trend(Measure measure, TableColumn? column, TableColumn when, string bucket, TableColumn? series)
    {
        var label = Label(measure, column);
        var splits = series is null ? "" : $"{series.Sql} AS {series.Sql}, ";
        return new QuestionPlan(
            PlanKind.Trend,
            $"""
            SELECT {Bucket(when, bucket)} AS {SqlText.Name(bucket)}, {splits}{Expression(measure, column)} AS {SqlText.Name(label)}
            FROM {TableProfile.Table}{Where($"{when.Sql} IS NOT NULL")}
            GROUP BY 1{(series is null ? "" : ", 2")}
            ORDER BY 1{(series is null ? "" : ", 2")}
            """,
            $"The {Words(measure, column)} by {bucket}{(series is null ? "" : $", for each {series.Name}")}")
        {
            X = bucket, Y = label, Series = series?.Name,
        };
    }

    /// <summary>The standard deviation of simple returns from one row to the next of the same instrument.</summary>
    public QuestionPlan Volatility(TableColumn price, TableColumn when, TableColumn? instrument, TableColumn? group, bool? top, int? limit)
    {
        var key = group ?? instrument;
        var order = top == false ? "ASC" : "DESC";
        var partition = instrument is null ? "" : $"PARTITION BY {instrument.Sql} ";
        return new QuestionPlan(
            key is null ? PlanKind.Value : PlanKind.Groups,
            $"""
            WITH returns AS (
              SELECT {(key is null ? "" : $"{key.Sql} AS {key.Sql}, ")}1.0 * {price.Sql} / nullif(lag({price.Sql}) OVER ({partition}ORDER BY {when.Sql}), 0) - 1 AS r
              FROM {TableProfile.Table}{Where($"{price.Sql} IS NOT NULL", $"{when.Sql} IS NOT NULL")}
            )
            SELECT {(key is null ? "" : $"{key.Sql}, ")}stdev(r) AS "volatility", count(r) AS "returns"
            FROM returns{(key is null ? "" : $"""

            GROUP BY 1
            ORDER BY "volatility" IS NULL, "volatility" {order}, 1
            LIMIT {limit ?? (top is null ? DefaultRows : DefaultGroups)}
            """)}
            """,
            $"The volatility: the standard deviation of the returns of {price.Name} from one {when.Name} to the next{(key is null ? "" : $", by {key.Name}{(top == false ? ", the lowest first" : ", the highest first")}")}")
        {
            X = key?.Name, Y = "volatility", Descending = key is null ? null : top ?? true,
        };
    }

    /// <summary>How two columns go together.</summary>
    public QuestionPlan Correlation(TableColumn first, TableColumn second, TableColumn? group)
    {
        var pairs = $"{first.Sql} IS NOT NULL AND {second.Sql} IS NOT NULL";
        var key = group is null ? "" : $"{group.Sql} AS {group.Sql}, ";
        var step = Math.Max(1, (table.Rows + MaxPoints - 1) / MaxPoints);
        return new QuestionPlan(
            PlanKind.Correlation,
            $"""
            SELECT {key}corr({first.Sql}, {second.Sql}) AS "correlation", slope({first.Sql}, {second.Sql}) AS "slope", count(*) AS "rows"
            FROM {TableProfile.Table}{Where(pairs)}{(group is null ? "" : "\nGROUP BY 1\nORDER BY \"correlation\" DESC, 1\nLIMIT 100")}
            """,
            $"Pearson's correlation of {first.Name} and {second.Name}{(group is null ? "" : $", by {group.Name}")}")
        {
            X = group?.Name ?? first.Name,
            Y = group is null ? second.Name : "correlation",
            PointsSql = group is not null ? null
                : $"SELECT {first.Sql}, {second.Sql}\nFROM {TableProfile.Table}{Where(pairs, $"rowid % {step} = 0")}\nLIMIT {MaxPoints}",
        };
    }

    /// <summary>Rows as they are.</summary>
    public QuestionPlan Rows(TableColumn? by, bool top, int? limit) => new(
        PlanKind.Rows,
        $"SELECT *\nFROM {TableProfile.Table}{(by is null ? Where() : Where($"{by.Sql} IS NOT NULL"))}" +
        (by is null ? "" : $"\nORDER BY {by.Sql} {(top ? "DESC" : "ASC")}") + $"\nLIMIT {limit ?? (by is null ? DefaultRows : 1)}",
        by is null ? "The rows" : $"The rows with the {(top ? "highest" : "lowest")} {by.Name}")
    {
        Y = by?.Name, Descending = by is null ? null : top,
    };

    /// <summary>The step of time that a moment is in, as SQL.</summary>
    public static string Bucket(TableColumn when, string bucket) => bucket switch
    {
        "day" => $"date({when.Sql})",
        "week" => $"date({when.Sql}, 'weekday 0', '-6 days')",
        "month" => $"strftime('%Y-%m', {when.Sql})",
        "quarter" => $"strftime('%Y', {when.Sql}) || '-Q' || ((CAST(strftime('%m', {when.Sql}) AS INTEGER) + 2) / 3)",
        _ => $"strftime('%Y', {when.Sql})",
    };

    private static string Words(Measure measure, TableColumn? column) => measure == Measure.Count ? "number of rows" : Label(measure, column);

    private static string Alias(Measure measure, TableColumn? column) => SqlText.Name(Label(measure, column));

    private static string Expression(Measure measure, TableColumn? column) => measure switch
    {
        Measure.Count => "count(*)",
        Measure.Distinct => $"count(DISTINCT {column!.Sql})",
        Measure.Sum => $"sum({column!.Sql})",
        Measure.Average => $"avg({column!.Sql})",
        Measure.Median => $"median({column!.Sql})",
        Measure.Maximum => $"max({column!.Sql})",
        Measure.Minimum => $"min({column!.Sql})",
        _ => $"stdev({column!.Sql})",
    };
}
