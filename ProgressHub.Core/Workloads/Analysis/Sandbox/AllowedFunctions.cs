using System.Collections.Frozen;
using Microsoft.Data.Sqlite;

namespace ProgressHub.Core.Workloads.Analysis.Sandbox;

/// <summary>
/// The functions a query may use: those of SQLite that compute from their arguments and nothing else, and the statistics
/// that it lacks.
/// </summary>
internal static class AllowedFunctions
{
    /// <summary>Their names, lower case.</summary>
    public static FrozenSet<string> Names { get; } = new[]
    {
        "abs", "avg", "ceil", "ceiling", "char", "coalesce", "concat", "concat_ws", "corr", "count", "cume_dist", "date",
        "datetime", "dense_rank", "exp", "first_value", "floor", "format", "glob", "group_concat", "hex", "ifnull", "iif",
        "instr", "julianday", "lag", "last_value", "lead", "length", "like", "ln", "log", "log10", "lower", "ltrim", "max",
        "median", "min", "mod", "nth_value", "ntile", "nullif", "percent_rank", "pow", "power", "printf", "rank", "replace",
        "round", "row_number", "rtrim", "sign", "slope", "sqrt", "stdev", "strftime", "string_agg", "substr", "substring",
        "sum", "time", "total", "trim", "typeof", "unicode", "unixepoch", "upper", "variance",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds the statistics to a connection; of numbers, passing over what is empty or no number.</summary>
    public static void Register(SqliteConnection connection)
    {
        connection.CreateAggregate<double?, Numbers, double?>("median", new Numbers(), (n, x) => n.Add(x), n => n.Median(), isDeterministic: true);
        connection.CreateAggregate<double?, Moments, double?>("stdev", default, (m, x) => m.Add(x, x), m => m.StandardDeviation(), isDeterministic: true);
        connection.CreateAggregate<double?, Moments, double?>("variance", default, (m, x) => m.Add(x, x), m => m.Variance(), isDeterministic: true);
        connection.CreateAggregate<double?, double?, Moments, double?>("corr", default, (m, x, y) => m.Add(x, y), m => m.Correlation(), isDeterministic: true);
        connection.CreateAggregate<double?, double?, Moments, double?>("slope", default, (m, x, y) => m.Add(x, y), m => m.Slope(), isDeterministic: true);

        // Not every build of SQLite has these.
        connection.CreateFunction<double?, double?>("sqrt", x => Finite(Math.Sqrt(x ?? double.NaN)), isDeterministic: true);
        connection.CreateFunction<double?, double?>("ln", x => Finite(Math.Log(x ?? double.NaN)), isDeterministic: true);
        connection.CreateFunction<double?, double?>("exp", x => Finite(Math.Exp(x ?? double.NaN)), isDeterministic: true);
        connection.CreateFunction<double?, double?, double?>("power", (x, y) => Finite(Math.Pow(x ?? double.NaN, y ?? double.NaN)), isDeterministic: true);
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
