using System.Globalization;
using ProgressHub.Benchmarks.Load;

namespace ProgressHub.Benchmarks.Soak;

/// <summary>
/// 5,000 watchers of 50 jobs for ten minutes (<c>-- soak-watchers [--minutes N]</c>), who go away, come back and stall at
/// random: each sees each event once and in order, and what the server holds does not grow. Exit code 1 where that is not so.
/// </summary>
internal sealed class WatcherSoak(SoakServer server)
{
    private const int Minutes = 10;
    private const int Jobs = 50;
    private const int WatchersPerJob = 100;
    private const int Readings = 40;
    private static readonly TimeSpan TimeToCatchUp = TimeSpan.FromMinutes(2);

    public static async Task<int> RunAsync(string[] args)
    {
        var minutes = args is [_, "--minutes", var given, ..] ? double.Parse(given, CultureInfo.InvariantCulture) : Minutes;
        await using var server = await SoakServer.StartAsync();
        return await new WatcherSoak(server).RunAsync(TimeSpan.FromMinutes(minutes));
    }

    private async Task<int> RunAsync(TimeSpan length)
    {
        using var over = new CancellationTokenSource(length, TimeProvider.System);
        var jobs = await Task.WhenAll(Enumerable.Range(0, Jobs).Select(async _ => new SoakJob(await ReportedJob.SubmitAsync(server.Client))));
        CheckedWatcher[] watchers =
        [
            .. jobs.SelectMany((job, i) => Enumerable.Range(i * WatchersPerJob, WatchersPerJob)
                .Select(seed => new CheckedWatcher(server.Client.BaseAddress!.Port, job, new Random(seed)))),
        ];
        var watching = Task.WhenAll(watchers.Select(watcher => watcher.RunAsync()));
        var reporting = Task.WhenAll(jobs.Select(job => job.RunAsync(over.Token)));

        List<SoakReading> readings = [];
        while (!over.IsCancellationRequested)
        {
            await Task.Delay(length / Readings, TimeProvider.System, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            readings.Add(server.Read());
            Console.Error.WriteLine(readings[^1]);
        }

        await reporting;
        await Task.WhenAny(watching, Task.Delay(TimeToCatchUp, TimeProvider.System));
        return Report(length, jobs, watchers, readings);
    }

    private int Report(TimeSpan length, SoakJob[] jobs, CheckedWatcher[] watchers, List<SoakReading> readings)
    {
        var rows = SoakReading.Judge(readings).ToArray();
        var (wrong, behind) = (watchers.Sum(w => w.Wrong), watchers.Count(w => !w.HasAll));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{length.TotalMinutes:0.#} minutes, {Jobs} jobs, {jobs.Sum(j => j.Events):#,0} events, {watchers.Length:#,0} watchers, {watchers.Sum(w => w.Seen):#,0} events seen, " +
            $"{watchers.Sum(w => w.Connections):#,0} connections, {watchers.Sum(w => w.Pauses):#,0} pauses: {wrong} events lost, twice or out of order, " +
            $"{behind} watchers without the last one, {server.Complaints} lines of complaint\n"));
        Console.WriteLine(SoakReading.Head);
        foreach (var (row, _) in rows)
            Console.WriteLine(row);
        return wrong == 0 && behind == 0 && server.Complaints == 0 && rows.All(row => row.IsFlat) ? 0 : 1;
    }
}
