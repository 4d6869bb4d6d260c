using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Sessions;

/// <summary>
/// Tables that earlier versions read into SQLite, and whose files they did not keep: written out again as text, with the types
/// that they had.
/// </summary>
internal static class EarlierTables
{
    /// <summary>Writes one out; returns how it is to be read.</summary>
    /// <exception cref="SqliteException">It can't be read.</exception>
    public static TableReading Write(string database, TableProfile profile, string target)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = database, Mode = SqliteOpenMode.ReadOnly, Pooling = false,
        }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {string.Join(", ", profile.Columns.Select(c => c.Sql))} FROM {TableProfile.Table} ORDER BY rowid";
        using var reader = command.ExecuteReader();
        using var text = new StreamWriter(target, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 256 * 1024);
        WriteRow(text, profile.Columns.Select(c => c.Name));
        while (reader.Read())
            WriteRow(text, Enumerable.Range(0, reader.FieldCount).Select(i => Show(reader.GetValue(i))));
        return new TableReading
        {
            Delimiter = ",",
            Encoding = "utf-8",
            Quote = "\"",
            SkipRows = 0,
            HeaderRows = 1,
            KeepTotals = true,
            Columns = [.. profile.Columns.Select(c => new ColumnReading { Name = c.Name, Type = c.Type, DecimalSign = c.IsNumber ? "." : null, Missing = [] })],
        };
    }

    private static string Show(object value) => value switch
    {
        DBNull => "",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static void WriteRow(StreamWriter text, IEnumerable<string> cells)
    {
        text.WriteLine(string.Join(',', cells.Select(c => $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")));
    }
}
