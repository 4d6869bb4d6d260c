using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ProgressHub.Core.Workloads.Analysis.Tables;

/// <summary>Writes rows into a database of their own, all in one transaction, and learns the bounds of each column.</summary>
internal sealed class TableWriter : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly sqlite3_stmt _insert;
    private readonly IReadOnlyList<ColumnFormat> _formats;
    private readonly Bounds[] _bounds;

    public TableWriter(string path, IReadOnlyList<ColumnFormat> formats)
    {
        _formats = formats;
        _bounds = [.. formats.Select(_ => new Bounds())];
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();

        // Nobody sees the file before it is whole: what a crash leaves of it is deleted.
        Run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192;");
        var columns = formats.Select(f => $"{SqlText.Name(f.Name)} {Declared(f.Type)}");
        Run($"CREATE TABLE {TableProfile.Table} ({string.Join(", ", columns)}); BEGIN;");
        var places = string.Join(", ", Enumerable.Repeat("?", formats.Count));
        Check(raw.sqlite3_prepare_v2(_connection.Handle, $"INSERT INTO {TableProfile.Table} VALUES ({places})", out _insert));
    }

    /// <summary>How many rows there are.</summary>
    public long Rows { get; private set; }

    /// <summary>Adds a row; fields that are not there are empty.</summary>
    public void Add(IReadOnlyList<string> fields)
    {
        for (var i = 0; i < _formats.Count; i++)
            Bind(i, i < fields.Count ? fields[i] : "");
        var result = raw.sqlite3_step(_insert);
        if (result != raw.SQLITE_DONE)
            throw Failed(result);
        raw.sqlite3_reset(_insert);
        Rows++;
    }

    /// <summary>Ends it; the columns as they came out.</summary>
    public IReadOnlyList<TableColumn> Complete()
    {
        Run("COMMIT;");
        return [.. _formats.Select((format, i) => new TableColumn(
            format.Name, format.Type, _bounds[i].Empty, _bounds[i].Min(format.Type), _bounds[i].Max(format.Type), format.Values))];
    }

    public void Dispose()
    {
        _insert?.Dispose();
        _connection.Dispose();
    }

    private void Bind(int column, string cell)
    {
        var format = _formats[column];
        var bounds = _bounds[column];
        var at = column + 1;
        if (CellReading.IsEmpty(cell))
        {
            bounds.Empty++;
            raw.sqlite3_bind_null(_insert, at);
            return;
        }

        switch (format.Type)
        {
            case ColumnType.Whole when CellReading.Whole(cell, format.DecimalComma) is { } whole:
                bounds.Add(whole);
                raw.sqlite3_bind_int64(_insert, at, whole);
                break;
            case ColumnType.Real when CellReading.Number(cell, format.DecimalComma) is { } number:
                bounds.Add(number);
                raw.sqlite3_bind_double(_insert, at, number);
                break;
            case ColumnType.Boolean when CellReading.YesNo(cell) is { } yes:
                bounds.Add(yes ? 1 : 0);
                raw.sqlite3_bind_int(_insert, at, yes ? 1 : 0);
                break;
            case ColumnType.Date when CellReading.Day(cell, format.Order) is { } day:
                BindText(at, bounds.Add(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
                break;
            case ColumnType.DateTime when CellReading.Moment(cell, format.Order) is { } moment:
                BindText(at, bounds.Add(moment.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)));
                break;
            default:
                BindText(at, cell.Trim());
                break;
        }
    }

    private void BindText(int at, string text) => raw.sqlite3_bind_text(_insert, at, text);

    private void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            throw Failed(result);
    }

    private SqliteException Failed(int result) => new(raw.sqlite3_errmsg(_connection.Handle).utf8_to_string(), result);

    // Names that carry the type into the results of queries over the column.
    private static string Declared(ColumnType type) => type switch
    {
        ColumnType.Whole => "INTEGER",
        ColumnType.Real => "REAL",
        ColumnType.Boolean => "BOOLEAN",
        ColumnType.Date => "DATE",
        ColumnType.DateTime => "DATETIME",
        _ => "TEXT",
    };

    private sealed class Bounds
    {
        private double _least = double.PositiveInfinity;
        private double _most = double.NegativeInfinity;
        private string? _first;
        private string? _last;

        public long Empty { get; set; }

        public void Add(double value) => (_least, _most) = (Math.Min(_least, value), Math.Max(_most, value));

        public string Add(string time)
        {
            if (_first is null || string.CompareOrdinal(time, _first) < 0)
                _first = time;
            if (_last is null || string.CompareOrdinal(time, _last) > 0)
                _last = time;
            return time;
        }

        public string? Min(ColumnType type) => type is ColumnType.Text ? null : _first ?? Number(_least);

        public string? Max(ColumnType type) => type is ColumnType.Text ? null : _last ?? Number(_most);

        private static string? Number(double value) =>
            double.IsFinite(value) ? value.ToString(CultureInfo.InvariantCulture) : null;
    }
}
