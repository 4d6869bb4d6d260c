using System.Globalization;
using DuckDB.NET.Data;
using ProgressHub.Workloads.Analysis.Tables;
using ProgressHub.Workloads.Analysis.Tables.Layout;
using ProgressHub.Workloads.Analysis.Tables.Scan;

namespace ProgressHub.Workloads.Analysis.Engine;

/// <summary>
/// Has the engine's own reader write the rows of a file that is as programs write them: it is far quicker. It is told all that was
/// decided, decides nothing, and what it wrote is counted; where it is not the same, it counts for nothing.
/// </summary>
internal static class PlainCopy
{
    // Two threads hold a few buffers each, in the memory that the engine may take: larger ones make it write and read again what
    // it has just read. A longer line is read by our own reader.
    private const string MaxLine = "2000000";
    private const string Buffer = "16000000";

    /// <summary>Writes the rows; false where it could not, and the table is empty then.</summary>
    /// <param name="database">Where to.</param>
    /// <param name="source">The file.</param>
    /// <param name="layout">How it is written.</param>
    /// <param name="scanned">What was found in it.</param>
    /// <param name="progress">Hears the share that is written, 0..1.</param>
    public static bool TryWrite(ImportDatabase database, string source, TableLayout layout, ScannedTable scanned, Action<double> progress)
    {
        if (scanned.PlainFrom is not { } skip)
            return false;
        var types = Enumerable.Repeat("VARCHAR", scanned.Width).ToArray();
        for (var i = 0; i < scanned.Sources.Length; i++)
            types[scanned.Sources[i]] = scanned.Formats[i].Stored;
        var declared = string.Join(", ", types.Select((type, i) => $"'c{i}': '{type}'"));
        try
        {
            database.Run(string.Create(
                CultureInfo.InvariantCulture,
                $"""
                INSERT INTO {TableProfile.Table} SELECT {string.Join(", ", scanned.Sources.Select(s => $"c{s}"))} FROM read_csv(
                  {SqlText.Value(source)}, auto_detect = false, header = false, skip = {skip}, delim = {SqlText.Value(layout.Delimiter.ToString())},
                  quote = '"', escape = '"', nullstr = '', strict_mode = true, max_line_size = {MaxLine}, buffer_size = {Buffer}, columns = {"{"}{declared}{"}"})
                """), progress);
            if (IsSame(database, scanned))
                return true;
        }
        catch (DuckDBException)
        {
            // It reads more strictly; our own reading goes on.
        }

        database.Run($"DELETE FROM {TableProfile.Table}");
        return false;
    }

    private static bool IsSame(ImportDatabase database, ScannedTable scanned)
    {
        var counts = database.Query($"SELECT count(*), {string.Join(", ", scanned.Formats.Select(f => $"count({SqlText.Name(f.Name)})"))} FROM {TableProfile.Table}")[0];
        return (long)counts[0]! == scanned.Rows && scanned.Filled.Select((filled, i) => (long)counts[i + 1]! == filled).All(same => same);
    }
}
