using System.Globalization;
using ProgressHub.Core.Workloads.Analysis.Tables;
using SQLitePCL;

namespace ProgressHub.Core.Workloads.Analysis.Sandbox;

/// <summary>Collects the rows of a running query, up to its limits.</summary>
internal sealed class ResultRows
{
    private const int BytesOfNumber = 12;
    private readonly sqlite3_stmt _statement;
    private readonly QueryLimits _limits;
    private readonly string[] _names;
    private readonly string?[] _declared;
    private readonly List<IReadOnlyList<object?>> _rows = [];
    private long _bytes;
    private bool _truncated;

    public ResultRows(sqlite3_stmt statement, QueryLimits limits)
    {
        (_statement, _limits) = (statement, limits);
        var columns = raw.sqlite3_column_count(statement);
        _names = [.. Enumerable.Range(0, columns).Select(i => raw.sqlite3_column_name(statement, i).utf8_to_string())];
        _declared = [.. Enumerable.Range(0, columns).Select(i => raw.sqlite3_column_decltype(statement, i).utf8_to_string())];
    }

    /// <summary>Takes the row the query stands on; false where there is no room for it.</summary>
    public bool Take()
    {
        if (_rows.Count == _limits.Rows || _bytes > _limits.Bytes)
        {
            _truncated = true;
            return false;
        }

        var row = new object?[_names.Length];
        for (var i = 0; i < row.Length; i++)
            row[i] = Value(i);
        _rows.Add(row);
        return true;
    }

    public QueryResult ToResult() => new(
        [.. _names.Select((name, i) => new ResultColumn(name, TypeOf(i)))], _rows, _truncated);

    private object? Value(int column)
    {
        _bytes += BytesOfNumber;
        switch (raw.sqlite3_column_type(_statement, column))
        {
            case raw.SQLITE_INTEGER:
                return raw.sqlite3_column_int64(_statement, column);
            case raw.SQLITE_FLOAT:
                var number = raw.sqlite3_column_double(_statement, column);
                return double.IsFinite(number) ? number : null;
            case raw.SQLITE_NULL:
                return null;
            case raw.SQLITE_BLOB:
                return Convert.ToHexStringLower(raw.sqlite3_column_blob(_statement, column));
            default:
                var text = raw.sqlite3_column_text(_statement, column).utf8_to_string();
                _bytes += text.Length;
                return text;
        }
    }

    private ColumnType TypeOf(int column)
    {
        var values = _rows.Select(row => row[column]).Where(value => value is not null).ToList();
        return _declared[column] switch
        {
            "DATE" => ColumnType.Date,
            "DATETIME" => ColumnType.DateTime,
            "BOOLEAN" => ColumnType.Boolean,
            _ when values.Count == 0 => ColumnType.Text,
            _ when values.TrueForAll(v => v is long) => ColumnType.Whole,
            _ when values.TrueForAll(v => v is long or double) => ColumnType.Real,
            _ when values.TrueForAll(v => v is string s && DateOnly.TryParseExact(s, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)) => ColumnType.Date,
            _ => ColumnType.Text,
        };
    }
}
