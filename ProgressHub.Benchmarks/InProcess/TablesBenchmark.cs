using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DuckDB.NET.Data;
using ProgressHub.Workloads.Analysis.Engine;
using ProgressHub.Workloads.Workers;

namespace ProgressHub.Benchmarks.InProcess;

/// <summary>
/// Reading a CSV in a worker, with all that is decided about it, and a group-by over it; against DuckDB
/// alone, in this process and unfenced, which decides by a sample. The reader that wrote SQLite took 10.4 s and 567 ms at 100 MB
/// on this machine.
/// </summary>
internal static class TablesBenchmark
{
    private const string GroupBy = "SELECT region, sum(units * price) FROM data GROUP BY region ORDER BY 2 DESC LIMIT 1";

    public static async Task<IEnumerable<Result>> RunAsync(long bytes, int rounds, string target)
    {
        var folder = Directory.CreateTempSubdirectory("progresshub-tables-");
        try
        {
            return await MeasureAsync(folder.FullName, bytes, rounds, target);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IEnumerable<Result>> MeasureAsync(string folder, long bytes, int rounds, string target)
    {
        var source = Path.Combine(folder, "table.csv");
        Write(source, bytes);
        var (import, query, memory) = (new double[rounds], new double[rounds], new double[rounds]);
        var (theirImport, theirQuery) = (new double[rounds], new double[rounds]);
        var (processor, theirProcessor) = (new double[rounds], new double[rounds]);
        for (var round = 0; round < rounds; round++)
        {
            (import[round], processor[round], query[round], memory[round]) = await OursAsync(source, Path.Combine(folder, "ours.duckdb"));
            (theirImport[round], theirProcessor[round], theirQuery[round]) = Theirs(source, Path.Combine(folder, "theirs.duckdb"));
        }

        var size = string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000} MB");
        return
        [
            new Result($"reading a CSV of {size}", "s", import, "DuckDB alone", theirImport, target),
            new Result($"processor time of it ({size})", "s", processor, "DuckDB alone", theirProcessor, "–"),
            new Result($"a group-by over it ({size})", "ms", query, "DuckDB alone", theirQuery, "≤ 1.5 ×"),
            new Result($"resident memory of the worker at most ({size})", "MB", memory, "–", [], "≤ 1,024"),
        ];
    }

    private static async Task<(double Import, double Processor, double Query, double Memory)> OursAsync(string source, string target)
    {
        Delete(target);
        using var importer = await WorkerProcess.StartAsync(TableWorkers.ImportKind, new WorkerOptions(), TimeProvider.System, CancellationToken.None);
        var request = new ImportRequest("0", "table.csv", source, target, null);
        var started = Stopwatch.GetTimestamp();
        await importer.AskAsync(new WorkerRequest(TableWorker.Import, JsonSerializer.SerializeToElement(request, EngineJson.Default.ImportRequest)), null, CancellationToken.None);
        var import = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var processor = Process.GetProcessById(importer.Id).TotalProcessorTime.TotalSeconds;
        var memory = double.Parse(
            File.ReadLines($"/proc/{importer.Id}/status").First(l => l.StartsWith("VmHWM", StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture) / 1024;
        using var asked = await WorkerProcess.StartAsync(TableWorkers.QueryKind, new WorkerOptions(), TimeProvider.System, CancellationToken.None);
        var query = new WorkerRequest(TableWorker.Query, JsonSerializer.SerializeToElement(new QueryRequest(target, GroupBy, 10, 10_000), EngineJson.Default.QueryRequest));
        await asked.AskAsync(query, null, CancellationToken.None);
        started = Stopwatch.GetTimestamp();
        await asked.AskAsync(query, null, CancellationToken.None);
        return (import, processor, Stopwatch.GetElapsedTime(started).TotalMilliseconds, memory);
    }

    private static (double Import, double Processor, double Query) Theirs(string source, string target)
    {
        Delete(target);
        using var connection = new DuckDBConnection($"DataSource={target};memory_limit=1GB;threads=2");
        connection.Open();
        using var self = Process.GetCurrentProcess();
        var before = self.TotalProcessorTime;
        var started = Stopwatch.GetTimestamp();
        Run(connection, $"CREATE TABLE data AS SELECT * FROM read_csv_auto('{source}')");
        Run(connection, "CHECKPOINT");
        var import = Stopwatch.GetElapsedTime(started).TotalSeconds;
        self.Refresh();
        var processor = (self.TotalProcessorTime - before).TotalSeconds;
        Run(connection, GroupBy);
        started = Stopwatch.GetTimestamp();
        Run(connection, GroupBy);
        return (import, processor, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    private static void Run(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteScalar();
    }

    private static void Write(string path, long bytes)
    {
        using var text = new StreamWriter(path);
        var random = new Random(1);
        text.WriteLine("id,when,region,product,units,price,note");
        for (var i = 0; text.BaseStream.Length < bytes; i++)
        {
            text.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{i},2025-{(i % 12) + 1:00}-{(i % 28) + 1:00} 10:00:00,region {i % 40},p{random.Next(5000)},{random.Next(100)},{random.NextDouble() * 100:0.00},\"a note, number {i}\""));
        }
    }

    private static void Delete(string target)
    {
        foreach (var file in (string[])[target, $"{target}.wal"])
            File.Delete(file);
    }
}
