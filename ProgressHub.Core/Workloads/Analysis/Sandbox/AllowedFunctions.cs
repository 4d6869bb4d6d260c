using System.Collections.Frozen;
using Microsoft.Data.Sqlite;
using SQLitePCL;

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
        var room = new Numbers.Room();
        Add(connection, "median", () => new Numbers(room), (n, x) => n.Add(x[0]), n => n.Median());
        Add(connection, "stdev", () => new Moments(), (m, x) => m.Add(x[0], x[0]), m => m.StandardDeviation());
        Add(connection, "variance", () => new Moments(), (m, x) => m.Add(x[0], x[0]), m => m.Variance());
        Add(connection, "corr", () => new Moments(), (m, x) => m.Add(x[0], x[1]), m => m.Correlation(), arguments: 2);
        Add(connection, "slope", () => new Moments(), (m, x) => m.Add(x[0], x[1]), m => m.Slope(), arguments: 2);

        // Not every build of SQLite has these.
        connection.CreateFunction<double?, double?>("sqrt", x => Finite(Math.Sqrt(x ?? double.NaN)), isDeterministic: true);
        connection.CreateFunction<double?, double?>("ln", x => Finite(Math.Log(x ?? double.NaN)), isDeterministic: true);
        connection.CreateFunction<double?, double?>("exp", x => Finite(Math.Exp(x ?? double.NaN)), isDeterministic: true);
        connection.CreateFunction<double?, double?, double?>("power", (x, y) => Finite(Math.Pow(x ?? double.NaN, y ?? double.NaN)), isDeterministic: true);
    }

    // By hand: the aggregates of Microsoft.Data.Sqlite 6 go on from one group to the next instead of beginning anew.
    private static void Add<T>(
        SqliteConnection connection, string name, Func<T> begin, Action<T, double?[]> take, Func<T, double?> end, int arguments = 1)
        where T : class
    {
        raw.sqlite3_create_function(connection.Handle, name, arguments, raw.SQLITE_UTF8 | raw.SQLITE_DETERMINISTIC, null, Step, Final);

        void Step(sqlite3_context context, object _, sqlite3_value[] values)
        {
            try
            {
                take((T)(context.state ??= begin()), [.. values.Select(Number)]);
            }
            catch (Exception exception)
            {
                raw.sqlite3_result_error(context, exception.Message);
            }
        }

        void Final(sqlite3_context context, object _)
        {
            if (end((T)(context.state ?? begin())) is { } value)
                raw.sqlite3_result_double(context, value);
            else
                raw.sqlite3_result_null(context);
        }
    }

    private static double? Number(sqlite3_value value) =>
        raw.sqlite3_value_type(value) is raw.SQLITE_INTEGER or raw.SQLITE_FLOAT ? raw.sqlite3_value_double(value) : null;

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
