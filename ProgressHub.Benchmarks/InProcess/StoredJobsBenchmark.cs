using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Storage;
using ProgressHub.Core.Storage.Sqlite;

namespace ProgressHub.Benchmarks.InProcess;

/// <summary>What listing, searching, opening and purging cost where an owner has 1,000 jobs, and where they have more.</summary>
internal static class StoredJobsBenchmark
{
    private const int Few = 1000;
    private const int Rounds = 5;
    private const int Asked = 40;

    private static readonly SqlStatement Fill = new("""
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @count)
        INSERT INTO jobs (id, kind, title, title_folded, owner, state, attempt, fruitless_attempts, cancel_requested, reuse_partials,
          created_at, started_at, finished_at, last_seq, snapshot, snapshot_sum, ending)
        SELECT printf('%032x', i), 'translation', 'Letter ' || i, 'LETTER ' || i, 'ann', 'succeeded', 1, 0, 0, 0, @now, @now, @now, 9, @snapshot, @sum, i FROM n
        """);

    private static readonly SqlStatement FillEvents = new("""
        INSERT INTO events (job, seq, type, body, body_sum) SELECT ord, 9, 'done', @body, @sum FROM jobs
        """);

    public static async Task<IEnumerable<Result>> RunAsync(int many)
    {
        await using var few = await Filled.CreateAsync(Few);
        await using var much = await Filled.CreateAsync(many);
        List<Result> results = [];
        foreach (var (what, target) in Filled.Questions)
        {
            var (ours, theirs) = (new double[Rounds], new double[Rounds]);
            await few.TimeAsync(what);
            await much.TimeAsync(what);
            for (var round = 0; round < Rounds; round++)
            {
                ours[round] = await much.TimeAsync(what);
                theirs[round] = await few.TimeAsync(what);
            }

            results.Add(new Result($"{many:#,0} stored jobs of an owner: {what}", "µs", ours, $"{Few:#,0}", theirs, target));
        }

        return results;
    }

    private sealed class Filled(DirectoryInfo folder, SqlStorage storage, int count) : IAsyncDisposable
    {
        private readonly SqlEventLog _log = new(storage);
        private readonly SqlJobStore _store = new(storage);
        private int _purged;

        public static IReadOnlyList<(string What, string Target)> Questions { get; } =
        [
            ("the newest page", "≤ 1.5 ×"), ("the newest page of a kind and a state", "≤ 1.5 ×"), ("a page from the middle", "≤ 1.5 ×"),
            ("counts by state", ""), ("a search that finds the newest", "≤ 1.5 ×"), ("a search that finds nothing", ""),
            ("opening one", "≤ 1.5 ×"), ("purging one", "≤ 1.5 ×"),
        ];

        public static async Task<Filled> CreateAsync(int count)
        {
            var folder = Directory.CreateTempSubdirectory("progresshub-bench-");
            var storage = new SqlStorage(
                new SqliteDialect(folder.FullName, TimeProvider.System, NullLogger<SqlStorage>.Instance), new StorageOptions(), null, TimeProvider.System, NullLogger<SqlStorage>.Instance);
            var filled = new Filled(folder, storage, count);
            await filled._store.InitializeAsync(CancellationToken.None);
            await filled.FillAsync();
            return filled;
        }

        public async Task<double> TimeAsync(string what)
        {
            var begun = Stopwatch.GetTimestamp();
            for (var i = 0; i < Asked; i++)
                await AskAsync(what);
            return Stopwatch.GetElapsedTime(begun).TotalMicroseconds / Asked;
        }

        public async ValueTask DisposeAsync()
        {
            await storage.DisposeAsync();
            folder.Delete(recursive: true);
        }

        private async Task AskAsync(string what)
        {
            var query = new JobQuery { Owner = "ann", Limit = 50 };
            switch (what)
            {
                case "counts by state":
                    await _log.CountAsync(query, CancellationToken.None);
                    return;
                case "opening one":
                    await _log.FindSnapshotAsync(Id(count / 2), CancellationToken.None);
                    return;
                case "purging one":
                    await _store.PurgeAsync(Id(++_purged), TimeProvider.System.GetUtcNow(), CancellationToken.None);
                    return;
            }

            var page = await _log.ListAsync(
                what switch
                {
                    "the newest page of a kind and a state" => query with { Kind = "translation", States = [JobState.Succeeded] },
                    "a page from the middle" => query with { Before = count / 2 },
                    "a search that finds the newest" => query with { Text = "letter" },
                    "a search that finds nothing" => query with { Text = "lighthouse" },
                    _ => query,
                },
                CancellationToken.None);
            if (page.Items.Count == 0 && what != "a search that finds nothing")
                throw new InvalidOperationException($"{what}: nothing was found.");
        }

        private static JobId Id(int number) => JobId.Parse(number.ToString("x32", CultureInfo.InvariantCulture), null);

        private Task<bool> FillAsync() => storage.WriteAsync(
            session =>
            {
                var now = TimeProvider.System.GetUtcNow();
                var done = new DoneEvent(JobState.Succeeded, null, null, new JobSummary(0, [])) { JobId = Id(1), Seq = 9, At = now, Attempt = 1 };
                var snapshot = EventJson.Serialize(JobSnapshot.Empty(Id(1), now).Apply(
                    new QueuedEvent("translation", "Letter", 0) { JobId = Id(1), Seq = 1, At = now }).Apply(done));
                var body = EventFrame.Encode(done, null).Json.ToArray();
                session.Execute(Fill, count, Moment.ToStored(now), snapshot, RowSum.Of(9, snapshot));
                return session.Execute(FillEvents, body, RowSum.Of(9, body)) > 0;
            },
            0, 0, CancellationToken.None);
    }
}
