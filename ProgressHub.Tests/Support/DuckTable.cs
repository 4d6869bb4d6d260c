using System.Globalization;
using System.Numerics;
using DuckDB.NET.Data;
using ProgressHub.Workloads.Analysis.Sandbox;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Tests.Support;

/// <summary>A table in a DuckDB of its own, with what the planner knows of it: to run planned queries without a worker.</summary>
internal sealed class DuckTable : IDisposable
{
    private const int MaxValues = 200;
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    private DuckTable(string name, string path)
    {
        _connection.Open();
        Run($"CREATE TABLE data AS SELECT * FROM read_csv('{path.Replace("'", "''", StringComparison.Ordinal)}', header = true)");
        var rows = (long)Run("SELECT count(*) FROM data").Rows[0][0]!;
        var columns = Run("DESCRIBE data").Rows.Select(r => Column((string)r[0]!, (string)r[1]!)).ToList();
        Profile = new TableProfile("0", name, rows, 1, columns, []);
    }

    public TableProfile Profile { get; }

    /// <summary>A table of a file of the tests' data.</summary>
    public static DuckTable OfFile(string path) => new(Path.GetFileName(path), path);

    /// <summary>A table of a text.</summary>
    public static DuckTable OfText(string csv, string name = "table.csv")
    {
        var folder = Directory.CreateTempSubdirectory("progresshub-duck-");
        try
        {
            var path = Path.Combine(folder.FullName, name);
            File.WriteAllText(path, csv);
            return new DuckTable(name, path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public QueryResult Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        List<ResultColumn> columns = [.. Enumerable.Range(0, reader.FieldCount).Select(i => new ResultColumn(reader.GetName(i), TypeOf(reader.GetDataTypeName(i))))];
        List<IReadOnlyList<object?>> rows = [];
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : Plain(reader.GetValue(i)))]);
        return new QueryResult(columns, rows, Truncated: false);
    }

    /// <summary>The only value.</summary>
    public object? Value(string sql) => Run(sql).Rows.Single().Single();

    public void Dispose() => _connection.Dispose();

    private TableColumn Column(string name, string stored)
    {
        var (sql, type) = (SqlText.Name(name), TypeOf(stored));
        var facts = Run($"SELECT count(*) - count({sql}), CAST(min({sql}) AS VARCHAR), CAST(max({sql}) AS VARCHAR), count(DISTINCT {sql}) FROM data").Rows[0];
        IReadOnlyList<string> values = type == ColumnType.Text && (long)facts[3]! <= MaxValues
            ? [.. Run($"SELECT DISTINCT {sql} FROM data WHERE {sql} IS NOT NULL ORDER BY 1").Rows.Select(r => (string)r[0]!)] : [];
        return type == ColumnType.Text
            ? new TableColumn(name, type, (long)facts[0]!, null, null, values)
            : new TableColumn(name, type, (long)facts[0]!, (string?)facts[1], (string?)facts[2], values);
    }

    private static ColumnType TypeOf(string stored) => stored switch
    {
        "BIGINT" or "INTEGER" or "HUGEINT" => ColumnType.Whole,
        "DOUBLE" or "FLOAT" => ColumnType.Real,
        "BOOLEAN" => ColumnType.Boolean,
        "DATE" => ColumnType.Date,
        "TIMESTAMP" => ColumnType.DateTime,
        _ when stored.StartsWith("DECIMAL", StringComparison.OrdinalIgnoreCase) => ColumnType.Real,
        _ => ColumnType.Text,
    };

    // As the worker gives them.
    private static object Plain(object value) => value switch
    {
        bool or double or decimal or string => value,
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        BigInteger whole => (long)whole,
        _ => Convert.ToInt64(value, CultureInfo.InvariantCulture),
    };
}
