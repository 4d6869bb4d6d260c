using System.Globalization;
using System.Text.RegularExpressions;
using ProgressHub.Benchmarks.Load;
using ProgressHub.Benchmarks.Soak;

namespace ProgressHub.Benchmarks.Pages;

/// <summary>
/// What 200 open pages of a job cost the server that renders them: resident memory each as it stands (no collection is
/// forced), and processor time for each report that each of them shows. The pages are tabs of a real browser.
/// </summary>
internal static partial class CircuitBenchmark
{
    private const int First = 5;
    private const int Pages = 200;
    private const int Updates = 100;
    private const int Rounds = 3;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    public static async Task<IEnumerable<Result>> RunAsync()
    {
        if (!BrowserTabs.IsInstalled)
        {
            Console.Error.WriteLine("There is no Chromium (apt-get install chromium, or CHROMIUM says where it is); its rows are left out.");
            return [];
        }

        await using var server = await SoakServer.StartAsync();
        await using var tabs = await BrowserTabs.StartAsync();
        var job = await ReportedJob.SubmitAsync(server.Client);
        var page = new Uri(server.Client.BaseAddress!, $"/jobs/{job.Id}");
        await OpenAsync(server, tabs, page, First);
        await MeasureAsync(server, job);
        var before = server.Read().ResidentMiB;
        await OpenAsync(server, tabs, page, First + Pages);
        var after = server.Read().ResidentMiB;
        List<double> update = [];
        for (var round = 0; round < Rounds; round++)
            update.Add(await MeasureAsync(server, job) / (First + Pages));
        var idle = await RestAsync(server) / (First + Pages);
        await job.CompleteAsync();
        return
        [
            new Result($"{Pages} open pages of a job", "KiB resident a page", [(after - before) * 1024 / Pages], "", [], ""),
            new Result("the same", "µs of server CPU for a report, a page", [.. update], "", [], ""),
            new Result("the same, nothing happens", "µs of server CPU a second, a page", [idle], "", [], ""),
        ];
    }

    // One at a time, as people do: the next once the one before is live.
    private static async Task OpenAsync(SoakServer server, BrowserTabs tabs, Uri page, int count)
    {
        for (var live = await CountLiveAsync(server); live < count; live++)
        {
            await tabs.OpenAsync(page);
            while (await CountLiveAsync(server) <= live)
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    // A live page watches its job.
    private static async Task<int> CountLiveAsync(SoakServer server) => int.Parse(
        JobWatchers.Match(await server.Client.GetStringAsync("/metrics")).Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    private static async Task<double> MeasureAsync(SoakServer server, ReportedJob job)
    {
        var clock = TimeProvider.System;
        var before = server.ReadCpuMicroseconds();
        for (var i = 0; i < Updates; i++)
        {
            var began = clock.GetTimestamp();
            await job.UpdateAsync(total: 1000);
            if (Interval - clock.GetElapsedTime(began) is { Ticks: > 0 } rest)
                await Task.Delay(rest, clock);
        }

        return (server.ReadCpuMicroseconds() - before) / Updates;
    }

    private static async Task<double> RestAsync(SoakServer server)
    {
        var before = server.ReadCpuMicroseconds();
        await Task.Delay(Idle, TimeProvider.System);
        return (server.ReadCpuMicroseconds() - before) / Idle.TotalSeconds;
    }

    [GeneratedRegex("""^progresshub_watchers\{[^}]*of="job"[^}]*\} (\d+)""", RegexOptions.Multiline)]
    private static partial Regex JobWatchers { get; }
}
