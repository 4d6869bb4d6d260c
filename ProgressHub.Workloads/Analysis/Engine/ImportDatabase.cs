using System.Globalization;
using DuckDB.NET.Data;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Engine;

/// <summary>The database that an import writes: the one table, a few macros, and what is known of its columns afterwards.</summary>
internal sealed class ImportDatabase : IDisposable
{
    private const int ColumnsAtOnce = 100;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    // What queries could call in the tables of earlier versions, and DuckDB calls otherwise.
    private static readonly string[] Macros =
    [
        "stdev(x) AS stddev_samp(x)", "slope(x, y) AS regr_slope(y, x)", "iif(c, a, b) AS CASE WHEN c THEN a ELSE b END",
        "total(x) AS coalesce(sum(x), 0)::DOUBLE", "unixepoch(x) AS epoch(x::TIMESTAMP)::BIGINT", "julianday(x) AS julian(x::TIMESTAMP)",
        "datetime(x) AS x::TIMESTAMP",
    ];

    private readonly DuckDBConnection _connection;

    public ImportDatabase(string path)
    {
        var settings = new DuckDBConnectionStringBuilder
        {
            DataSource = path,
            ["memory_limit"] = "400MB",
            ["threads"] = "2",
            ["autoinstall_known_extensions"] = "false",
            ["autoload_known_extensions"] = "false",
            ["preserve_insertion_order"] = "true",
        };
        _connection = new DuckDBConnection(settings.ConnectionString);
        _connection.Open();
        Run($"SET temp_directory = {SqlText.Value($"{path}.tmp")}");
        foreach (var macro in Macros)
            Run($"CREATE MACRO {macro}");
    }

    public DuckDBConnection Connection => _connection;

    public void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Runs a long statement.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="progress">Hears the share that is done, 0..1, as far as the engine can say it.</param>
    public void Run(string sql, Action<double> progress) => Watched(
        () =>
        {
            Run(sql);
            return true;
        },
        progress);

    private T Watched<T>(Func<T> statement, Action<double> progress)
    {
        Run("SET enable_progress_bar_print = false; SET enable_progress_bar = true");
        var running = Task.Run(statement);
        var share = 0.0;
        while (Task.WaitAny([running], BetweenLooks) < 0)
        {
            // While the engine says nothing the time goes on all the same.
            if (_connection.GetQueryProgress().Percentage is > 0 and <= 100 and var percent)
                share = percent / 100;
            progress(share);
        }

        return running.GetAwaiter().GetResult();
    }

    /// <summary>The rows of a query, each a list of values.</summary>
    public List<object?[]> Query(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        List<object?[]> rows = [];
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        return rows;
    }

    /// <summary>How many rows the table has.</summary>
    public long CountRows() => (long)Query($"SELECT count(*) FROM {TableProfile.Table}")[0][0]!;

    /// <summary>What is known of its columns once all rows are there.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="progress">Hears the share of it, 0..1.</param>
    public IReadOnlyList<TableColumn> Describe(IReadOnlyList<TableColumn> columns, long rows, Action<double> progress)
    {
        List<TableColumn> all = [];
        foreach (var some in columns.Chunk(ColumnsAtOnce))
        {
            all.AddRange(Watched(() => Describe(some, rows).ToList(), share => progress((all.Count + (share * some.Length)) / columns.Count)));
            progress((double)all.Count / columns.Count);
        }

        return all;
    }

    /// <summary>Writes all of it to the file.</summary>
    public void Complete() => Run("CHECKPOINT");

    public void Dispose() => _connection.Dispose();

    private IEnumerable<TableColumn> Describe(TableColumn[] columns, long rows)
    {
        var facts = columns.Select(c => HasBounds(c)
            ? $"count({c.Sql}), CAST(min({c.Sql}) AS VARCHAR), CAST(max({c.Sql}) AS VARCHAR), approx_count_distinct({c.Sql})"
            : $"count({c.Sql}), NULL, NULL, approx_count_distinct({c.Sql})");
        var row = Query($"SELECT {string.Join(", ", facts)} FROM {TableProfile.Table}")[0];
        return columns.Select((column, i) => column with
        {
            Empty = rows - Convert.ToInt64(row[i * 4], CultureInfo.InvariantCulture),
            Min = Bound(column, row[(i * 4) + 1]),
            Max = Bound(column, row[(i * 4) + 2]),
            Distinct = column.Values.Count > 0 ? column.Values.Count : Convert.ToInt64(row[(i * 4) + 3], CultureInfo.InvariantCulture),
        });
    }

    private static bool HasBounds(TableColumn column) => column.IsNumber || column.IsTime;

    // 1.50 and 2000.0 as people write them.
    private static string? Bound(TableColumn column, object? value) => value switch
    {
        null => null,
        string text when column.Type == ColumnType.Real && decimal.TryParse(text, CultureInfo.InvariantCulture, out var exact) =>
            (exact / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture),
        _ => (string)value,
    };
}
