using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Sql;

/// <summary>The standard deviation of simple returns from one row to the next of the same instrument.</summary>
internal static class VolatilitySql
{
    private const int FewGroups = 10;

    public static string Of(Query.Volatility query)
    {
        var (price, time) = (query.Price.Sql, query.Time.Sql);
        var partition = query.Instrument is null ? "" : $"PARTITION BY {query.Instrument.Sql} ";
        var key = query.Key is null ? "" : $"{query.Key.Sql}, ";
        var order = query.Ranking is null ? "DESC NULLS LAST" : QuerySql.Direction(query.Ranking);
        var tail = query.Key is null ? "" : $"\nGROUP BY 1\nORDER BY \"volatility\" {order}, 1{(query.Ranking is null ? "" : $"\nLIMIT {query.Ranking.Limit ?? FewGroups}")}";
        return $"""
            WITH returns AS (
              SELECT {key}1.0 * {price} / nullif(lag({price}) OVER ({partition}ORDER BY {time}), 0) - 1 AS r
              FROM {TableProfile.Table}{QuerySql.Where(query.Where, $"{price} IS NOT NULL", $"{time} IS NOT NULL").Replace("\n", "\n  ", StringComparison.Ordinal)}
            )
            SELECT {key}stddev_samp(r) AS "volatility", count(r) AS "returns"
            FROM returns{tail}
            """;
    }
}
