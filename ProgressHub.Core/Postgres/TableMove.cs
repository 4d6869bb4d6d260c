using System.Data.Common;
using System.Globalization;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace ProgressHub.Core.Postgres;

/// <summary>Copies a table of the embedded database to the one of that name in PostgreSQL, and compares the two row by row.</summary>
/// <param name="from">A connection that only reads.</param>
/// <param name="to">A connection within a transaction.</param>
/// <param name="table">The table's name.</param>
internal sealed class TableMove(SqliteConnection from, NpgsqlConnection to, string table)
{
    private const int TellEvery = 50_000;

    private readonly Column[] _columns = [.. to.Query<(string Name, string Type, bool IsIdentity)>(
        """
        SELECT column_name, data_type, is_identity = 'YES' FROM information_schema.columns
        WHERE table_schema = current_schema() AND table_name = @table ORDER BY ordinal_position
        """,
        new { table }).Select(column => new Column(column.Name, TypeOf(column.Type), column.IsIdentity))];

    private string Columns => string.Join(", ", _columns.Select(column => column.Name));

    /// <summary>Whether it has no rows in PostgreSQL.</summary>
    public bool IsEmpty => to.ExecuteScalar<long>($"SELECT COUNT(*) FROM (SELECT 1 FROM {table} LIMIT 1) AS first") == 0;

    /// <summary>Copies all rows, and reads them again where they are now.</summary>
    /// <param name="tell">Is told of each 50,000 rows.</param>
    /// <returns>What both come to.</returns>
    /// <exception cref="InvalidOperationException">What is there now is not what was read, or a column is not known.</exception>
    public (long Rows, string Sum) Run(Action<string> tell)
    {
        RequireColumns();
        var result = Run(Rows(), tell);
        foreach (var column in _columns.Where(column => column.IsIdentity))
            GoOnAfter(column);
        return result;
    }

    /// <summary>The same for rows that are not in the embedded database.</summary>
    /// <param name="rows">Their values, in the order of the columns.</param>
    /// <param name="tell">Is told of each 50,000 rows.</param>
    /// <exception cref="InvalidOperationException">What is there now is not what was read.</exception>
    public (long Rows, string Sum) Run(IEnumerable<object?[]> rows, Action<string> tell)
    {
        using var read = new TableSum();
        Copy(rows, read, tell);
        using var written = new TableSum();
        using (var reader = (DbDataReader)to.ExecuteReader($"SELECT {Columns} FROM {table}"))
            AddAll(reader, written);
        if ((read.Count, read.Text) != (written.Count, written.Text))
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture, $"{table}: {read.Count} rows were read ({read.Text}), and {written.Count} are there now ({written.Text})."));
        }

        return (read.Count, read.Text);
    }

    private void RequireColumns()
    {
        var known = from.Query<string>($"SELECT name FROM pragma_table_info('{table}')").ToHashSet();
        if (_columns.Length == 0 || !known.SetEquals(_columns.Select(column => column.Name)))
            throw new InvalidOperationException($"The table {table} has other columns in PostgreSQL: {Columns}.");
    }

    private IEnumerable<object?[]> Rows()
    {
        using var reader = (DbDataReader)from.ExecuteReader($"SELECT {Columns} FROM {table}");
        while (reader.Read())
            yield return Read(reader);
    }

    private void Copy(IEnumerable<object?[]> rows, TableSum sum, Action<string> tell)
    {
        using var copy = to.BeginBinaryImport($"COPY {table} ({Columns}) FROM STDIN (FORMAT BINARY)");
        foreach (var row in rows)
        {
            sum.Add(row);
            copy.StartRow();
            for (var i = 0; i < row.Length; i++)
            {
                if (row[i] is { } value)
                    copy.Write(value, _columns[i].Type);
                else
                    copy.WriteNull();
            }

            if (sum.Count % TellEvery == 0)
                tell(string.Create(CultureInfo.InvariantCulture, $"{table}: {sum.Count} rows so far"));
        }

        copy.Complete();
    }

    private void AddAll(DbDataReader reader, TableSum sum)
    {
        while (reader.Read())
            sum.Add(Read(reader));
    }

    private object?[] Read(DbDataReader reader)
    {
        var row = new object?[_columns.Length];
        for (var i = 0; i < row.Length; i++)
            row[i] = reader.IsDBNull(i) ? null : ToStored(reader.GetValue(i), _columns[i].Type);
        return row;
    }

    // The embedded database keeps in a column whatever it was given.
    private static object ToStored(object value, NpgsqlDbType type) => (type, value) switch
    {
        (NpgsqlDbType.Bigint, _) => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        (NpgsqlDbType.Double, _) => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        (NpgsqlDbType.Bytea, string text) => Encoding.UTF8.GetBytes(text),
        (NpgsqlDbType.Bytea, _) => value,
        _ => PostgresText.Clean((string)value),
    };

    private static NpgsqlDbType TypeOf(string name) => name switch
    {
        "bigint" => NpgsqlDbType.Bigint,
        "text" => NpgsqlDbType.Text,
        "bytea" => NpgsqlDbType.Bytea,
        "double precision" => NpgsqlDbType.Double,
        _ => throw new InvalidOperationException($"No column is moved to one of type {name}."),
    };

    /// <summary>No number is ever given twice, be it that its row is gone.</summary>
    private void GoOnAfter(Column column)
    {
        var counts = from.ExecuteScalar<long>("SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_sequence'") > 0;
        var last = counts
            ? from.ExecuteScalar<long?>("SELECT seq FROM sqlite_sequence WHERE name = @table", new { table }) ?? 0
            : from.ExecuteScalar<long?>($"SELECT MAX({column.Name}) FROM {table}") ?? 0;
        if (last > 0)
            to.Execute("SELECT setval(pg_get_serial_sequence(@table, @name), @last)", new { table, name = column.Name, last });
    }

    private sealed record Column(string Name, NpgsqlDbType Type, bool IsIdentity);
}
