using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Storage;
using ProgressHub.Core.Storage.Sqlite;

namespace ProgressHub.Benchmarks.InProcess;

/// <summary>
/// What quotas ask of a store that has 100,000 jobs of one owner, all of this month, with their results: against looking up
/// one job by its id, on the same threads.
/// </summary>
internal static class UsageBenchmark
{
    private const int Stored = 100_000;
    private const int Queued = 1000;
    private const int Rounds = 5;
    private const int Asked = 40;
    private const string Target = "≤ 10 ×";

    private static readonly SqlStatement Fill = new($$"""
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {{Stored}})
        INSERT INTO jobs (id, kind, title, title_folded, owner, state, attempt, fruitless_attempts, cancel_requested, reuse_partials,
          created_at, started_at, finished_at, last_seq, snapshot)
        SELECT printf('%032x', i), 'translation', 'Letter', 'LETTER', 'ann', 'succeeded', 1, 0, 0, 0, @now, @now, @now, 9, zeroblob(600) FROM n
        """);

    private static readonly SqlStatement FillQueue = new($$"""
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {{Queued}})
        INSERT INTO jobs (id, kind, title, title_folded, owner, state, attempt, fruitless_attempts, cancel_requested, reuse_partials,
          created_at, last_seq, snapshot)
        SELECT printf('%032x', @from + i), 'translation', 'Letter', 'LETTER', @owner, 'queued', 0, 0, 0, 0, @now, 1, zeroblob(600) FROM n
        """);

    private static readonly SqlStatement[] FillRest =
    [
        new("UPDATE jobs SET state = 'running', finished_at = NULL WHERE ord = 1"),
        new("INSERT INTO results (job, content_type, file_name, body, owner, bytes) SELECT ord, 'text/plain', 'a.txt', zeroblob(200), owner, 200 FROM jobs WHERE state = 'succeeded'"),
    ];

    private static readonly SqlStatement FillUsage = new(
        "INSERT INTO job_usage (month, owner, created_at, job, tokens, cost_nano, audio_ms) SELECT @month, owner, created_at, ord, 1000, 1000000, 0 FROM jobs");

    private static readonly SqlStatement LookUp = new("SELECT last_seq FROM jobs WHERE id = @id");

    public static async Task<IEnumerable<Result>> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("progresshub-bench-");
        try
        {
            await using var storage = new SqlStorage(
                new SqliteDialect(folder.FullName, TimeProvider.System, NullLogger<SqlStorage>.Instance), new StorageOptions(), null, TimeProvider.System, NullLogger<SqlStorage>.Instance);
            var store = new SqlJobStore(storage);
            await store.InitializeAsync(CancellationToken.None);
            await FillAsync(storage);
            return await MeasureAsync(storage, store, new SqlUsageStore(storage));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IEnumerable<Result>> MeasureAsync(SqlStorage storage, SqlJobStore store, SqlUsageStore usage)
    {
        var (now, running) = (TimeProvider.System.GetUtcNow(), JobId.Parse(1.ToString("x32", CultureInfo.InvariantCulture), null));
        var bounds = new RunningBounds(null, new Dictionary<string, int?> { ["ann"] = 1 });
        (string What, Func<Task> Ask)[] asks =
        [
            ("what the owner has and has used", async () => await usage.CountAsync(["ann"], now, CancellationToken.None)),
            ("what it has used beside a running job", async () => await usage.CountBesideAsync("ann", now, [running], CancellationToken.None)),
            ("what it has stored", async () => await usage.CountStorageAsync("ann", CancellationToken.None)),
            ($"a claim past {Queued:#,0} queued jobs of an owner without room", async () => await store.ClaimAsync(
                new ClaimRequest("node", new Dictionary<string, int> { ["translation"] = 1 }, 1, now) { Running = bounds }, CancellationToken.None)),
        ];
        List<Result> results = [];
        foreach (var (what, ask) in asks)
        {
            var (ours, theirs) = (new double[Rounds], new double[Rounds]);
            await TimeAsync(ask);
            for (var round = 0; round < Rounds; round++)
            {
                ours[round] = await TimeAsync(ask);
                theirs[round] = await TimeAsync(() => storage.ReadAsync(session => session.Scalar(LookUp, running.ToString()), CancellationToken.None));
            }

            results.Add(new Result($"{Stored:#,0} jobs of an owner: {what}", "µs", ours, "one job by its id", theirs, Target));
        }

        return results;
    }

    private static async Task<double> TimeAsync(Func<Task> ask)
    {
        var begun = Stopwatch.GetTimestamp();
        for (var i = 0; i < Asked; i++)
            await ask();
        return Stopwatch.GetElapsedTime(begun).TotalMicroseconds / Asked;
    }

    private static Task<bool> FillAsync(SqlStorage storage) => storage.WriteAsync(
        session =>
        {
            var now = TimeProvider.System.GetUtcNow();
            session.Execute(Fill, Moment.ToStored(now));
            session.Execute(FillQueue, Stored, "ann", Moment.ToStored(now));
            session.Execute(FillQueue, Stored + Queued, "bob", Moment.ToStored(now));
            foreach (var statement in FillRest)
                session.Execute(statement);
            return session.Execute(FillUsage, UsageMonth.Of(now)) > 0;
        },
        0, 0, CancellationToken.None);
}
