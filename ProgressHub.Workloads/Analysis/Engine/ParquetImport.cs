using DuckDB.NET.Data;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Analysis.Tables;
using ProgressHub.Workloads.Analysis.Tables.Scan;

namespace ProgressHub.Workloads.Analysis.Engine;

/// <summary>Takes a Parquet file as it is: it says its types itself.</summary>
internal sealed class ParquetImport(string source, ImportDatabase database)
{
    private const int MaxValues = 200;
    private const int MaxValue = 100;

    /// <summary>Reads.</summary>
    /// <exception cref="WorkloadException"><c>not_a_table</c>, <c>empty_table</c> or <c>too_many_columns</c>.</exception>
    public IReadOnlyList<TableColumn> Run(ImportPace pace)
    {
        pace.Expect((ImportStep.Writing, 8), (ImportStep.Counting, 1.5), (ImportStep.Saving, 0.5));
        pace.Begin(ImportStep.Writing);
        try
        {
            var described = database.Query($"DESCRIBE SELECT * FROM read_parquet({SqlText.Value(source)})")
                .Select(row => (Name: (string)row[0]!, Type: (string)row[1]!)).ToList();
            if (described.Count > TableScan.MaxColumns)
                throw new WorkloadException("too_many_columns", $"The table has {described.Count} columns; at most {TableScan.MaxColumns} are taken.");
            var names = ColumnNames.Of([.. described.Select(d => d.Name)], [.. Enumerable.Range(0, described.Count)]);
            var columns = described.Select((d, i) => (d.Name, Sql: names[i], Kept: Kept(d.Type))).ToList();
            var selected = columns.Select(c => $"CAST({SqlText.Name(c.Name)} AS {c.Kept.Stored}) AS {SqlText.Name(c.Sql)}");
            database.Run($"CREATE TABLE {TableProfile.Table} AS SELECT {string.Join(", ", selected)} FROM read_parquet({SqlText.Value(source)})", share => pace.At(share, 0));
            if (database.CountRows() == 0)
                throw new WorkloadException("empty_table", "The table has no rows.");
            return [.. columns.Select(c => Column(c.Name, c.Sql, c.Kept.Type, c.Kept.Stored))];
        }
        catch (DuckDBException broken)
        {
            throw new WorkloadException("not_a_table", "The Parquet file can't be read: it is damaged, or of a kind that is not known.", broken);
        }
    }

    private TableColumn Column(string written, string name, ColumnType type, string stored)
    {
        var column = new TableColumn(name, type, 0, null, null, []) { Written = written, Stored = stored };
        if (type != ColumnType.Text)
            return column;
        var values = database.Query($"SELECT DISTINCT {column.Sql} FROM {TableProfile.Table} WHERE {column.Sql} IS NOT NULL LIMIT {MaxValues + 1}")
            .Select(row => (string)row[0]!).ToList();
        return values.Count <= MaxValues && values.TrueForAll(v => v.Length <= MaxValue)
            ? column with { Values = [.. values.Order(StringComparer.Ordinal)] }
            : column with { Samples = [.. values.Where(v => v.Length <= MaxValue).Take(20)] };
    }

    private static (ColumnType Type, string Stored) Kept(string type) => type switch
    {
        "BOOLEAN" => (ColumnType.Boolean, type),
        "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" or "UTINYINT" or "USMALLINT" or "UINTEGER" => (ColumnType.Whole, "BIGINT"),
        "UBIGINT" or "HUGEINT" => (ColumnType.Whole, "HUGEINT"),
        "FLOAT" or "DOUBLE" => (ColumnType.Real, "DOUBLE"),
        "DATE" => (ColumnType.Date, type),
        _ when type.StartsWith("DECIMAL", StringComparison.Ordinal) => (ColumnType.Real, type),
        _ when type.StartsWith("TIMESTAMP", StringComparison.Ordinal) => (ColumnType.DateTime, "TIMESTAMP"),
        _ => (ColumnType.Text, "VARCHAR"),
    };
}
