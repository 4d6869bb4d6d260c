using System.Diagnostics;
using Microsoft.Data.Sqlite;
using ProgressHub.Core.Events;

namespace ProgressHub.Benchmarks.InProcess;

/// <summary>
/// Acknowledged events with 128 writers, one event in flight each, against the same rows written with a transaction an
/// event: the same SQLite, journal and <c>synchronous=FULL</c>.
/// </summary>
internal static class AppendBenchmark
{
    private const int Rounds = 5;
    private const int Writers = 128;
    private const int EventsPerWriter = 200;
    private const int BaselineEvents = 1500;

    public static async Task<IEnumerable<Result>> RunAsync()
    {
        await using var engine = await BenchEngine.StartAsync(new BenchWorkload());
        var log = engine.Services.GetRequiredService<IEventLog>();
        var writers = new List<LogWriter>();
        for (var i = 0; i < Writers; i++)
            writers.Add(await LogWriter.CreateAsync(log, node: null));
        using var baseline = new OneTransactionAnEvent();

        await MeasureAsync(writers, 20);
        var ours = new double[Rounds];
        var theirs = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            ours[round] = await MeasureAsync(writers, EventsPerWriter);
            theirs[round] = baseline.Measure(BaselineEvents);
        }

        return
        [
            new Result($"durable acknowledged events, {Writers} writers", "events/s", ours,
                "one transaction an event", theirs, "≥ 8 ×", HigherIsBetter: true),
        ];
    }

    private static async Task<double> MeasureAsync(List<LogWriter> writers, int each)
    {
        var watch = Stopwatch.GetTimestamp();
        await Task.WhenAll(writers.Select(w => Task.Run(() => w.AppendAsync(each, batch: 1))));
        return writers.Count * each / Stopwatch.GetElapsedTime(watch).TotalSeconds;
    }

    /// <summary>The baseline: an insert and an update of the job's row, committed, for each event.</summary>
    private sealed class OneTransactionAnEvent : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("progresshub-bench-");
        private readonly SqliteConnection _connection;
        private readonly byte[] _body = new byte[230];
        private readonly byte[] _snapshot = new byte[600];
        private int _seq;

        public OneTransactionAnEvent()
        {
            _connection = new SqliteConnection($"Data Source={Path.Combine(_folder.FullName, "baseline.db")}");
            _connection.Open();
            Execute("PRAGMA journal_mode=WAL");
            Execute("PRAGMA synchronous=FULL");
            Execute("CREATE TABLE jobs (id INTEGER PRIMARY KEY, last_seq INTEGER, snapshot BLOB)");
            Execute("CREATE TABLE events (job INTEGER, seq INTEGER, type TEXT, body BLOB, PRIMARY KEY (job, seq)) WITHOUT ROWID");
            Execute("INSERT INTO jobs VALUES (1, 0, NULL)");
        }

        public double Measure(int events)
        {
            using var insert = Command("INSERT INTO events VALUES (1, $seq, 'log', $body)");
            using var update = Command("UPDATE jobs SET last_seq = $seq, snapshot = $body WHERE id = 1");
            var watch = Stopwatch.GetTimestamp();
            for (var i = 0; i < events; i++)
            {
                using var transaction = _connection.BeginTransaction();
                _seq++;
                Run(insert, transaction, _body);
                Run(update, transaction, _snapshot);
                transaction.Commit();
            }

            return events / Stopwatch.GetElapsedTime(watch).TotalSeconds;
        }

        public void Dispose()
        {
            _connection.Dispose();
            _folder.Delete(recursive: true);
        }

        private void Run(SqliteCommand command, SqliteTransaction transaction, byte[] body)
        {
            command.Transaction = transaction;
            command.Parameters[0].Value = _seq;
            command.Parameters[1].Value = body;
            command.ExecuteNonQuery();
        }

        private SqliteCommand Command(string sql)
        {
            var command = _connection.CreateCommand();
            command.CommandText = sql;
            command.Parameters.Add("$seq", SqliteType.Integer);
            command.Parameters.Add("$body", SqliteType.Blob);
            return command;
        }

        private void Execute(string sql)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }
}
