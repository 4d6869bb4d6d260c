using System.Diagnostics;
using System.Globalization;

namespace ProgressHub.Benchmarks.Nodes;

/// <summary>Several nodes on a PostgreSQL, all on this machine: what they do together, how long a hop takes, and what the loss of one costs.</summary>
internal static class NodesBenchmark
{
    private const int Most = 3;
    private const int Rounds = 3;
    private const int Jobs = 1500;
    private const int Writers = 22;
    private const int Batch = 16;
    private const int Seconds = 5;
    private const int Events = 1000;
    private const int Kill = 9;
    private const int Terminate = 15;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    public static async Task<IEnumerable<Result>> RunAsync()
    {
        if (!BenchPostgres.IsInstalled)
        {
            Console.Error.WriteLine("PostgreSQL is not installed (apt-get install postgresql); its rows are left out.");
            return [];
        }

        await using var postgres = await BenchPostgres.StartAsync();
        var files = Directory.CreateTempSubdirectory("progresshub-bench-files-");
        var nodes = Enumerable.Range(0, Most).Select(_ => new BenchNode(postgres.ConnectionString, files)).ToArray();
        try
        {
            return await MeasureAsync(postgres, nodes);
        }
        finally
        {
            foreach (var node in nodes)
                await node.DisposeAsync();
            files.Delete(recursive: true);
        }
    }

    private static async Task<List<Result>> MeasureAsync(BenchPostgres postgres, BenchNode[] nodes)
    {
        List<Result> results = [];
        for (var count = 1; count <= Most; count++)
        {
            await nodes[count - 1].StartAsync();
            var up = nodes[..count];
            await JobsAsync(postgres, up);
            results.Add(new Result(
                $"whole empty jobs, {count} {(count == 1 ? "node" : "nodes")}, 64 submitters a node", "jobs/s",
                await RepeatAsync(() => JobsAsync(postgres, up)), "", [], "", HigherIsBetter: true));
        }

        var memory = await Task.WhenAll(nodes.Select(node => node.ReadMemoryAsync()));
        results.Add(new Result("resident memory of a node after that", "MB", [.. memory.Select(each => each.Resident / 1e6)], "", [], ""));
        await AppendsAsync(nodes, Batch);
        foreach (var batch in (int[])[Batch, 1])
        {
            results.Add(new Result(
                $"durable acknowledged events of {Most} nodes, {Most * Writers} writers, {(batch == 1 ? "one" : batch)} an acknowledgement", "events/s",
                await RepeatAsync(() => AppendsAsync(nodes, batch)), "", [], batch == 1 ? "≥ 8,000" : "≥ 60,000", HigherIsBetter: true));
        }

        results.AddRange(await HopAsync(nodes));
        results.Add(new Result("a job of a node goes on elsewhere after `kill -9` of it", "s", await RepeatAsync(() => FailoverAsync(nodes, Kill)), "", [], "≤ 30"));
        results.Add(new Result("the same after SIGTERM", "s", await RepeatAsync(() => FailoverAsync(nodes, Terminate)), "", [], "≤ 1"));
        return results;
    }

    private static async Task<double[]> RepeatAsync(Func<Task<double>> measure)
    {
        var figures = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
            figures[round] = await measure();
        return figures;
    }

    /// <summary>Jobs a second, from the first submission to the last end.</summary>
    private static async Task<double> JobsAsync(BenchPostgres postgres, BenchNode[] nodes)
    {
        var (before, begun) = (await postgres.EndedAsync(), Stopwatch.GetTimestamp());
        await Task.WhenAll(nodes.Select(node => node.PostAsync($"/quick?count={Jobs / nodes.Length}")));
        while (await postgres.EndedAsync() < before + (Jobs / nodes.Length * nodes.Length))
            await Task.Delay(Look, TimeProvider.System);
        return Jobs / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    private static async Task<double> AppendsAsync(BenchNode[] nodes, int batch)
    {
        var figures = await Task.WhenAll(nodes.Select(node => node.PostAsync($"/append?writers={Writers}&batch={batch}&seconds={Seconds}")));
        return figures.Sum(figure => double.Parse(figure, CultureInfo.InvariantCulture));
    }

    /// <summary>From the append of an event, 100 a second, until a watcher at the job's node has it, and one at another.</summary>
    private static async Task<IEnumerable<Result>> HopAsync(BenchNode[] nodes)
    {
        var (job, owner) = await HoldAsync(nodes);
        var other = nodes.First(node => node != owner);
        using var near = new StampReader(owner, job);
        using var far = new StampReader(other, job);
        await Task.WhenAll(near.Open, far.Open);
        await owner.PostAsync($"/publish?count={Events}&burst=1&pauseMs=10");
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        var (own, hop) = (await near.EndAsync(), await far.EndAsync());
        await owner.PostAsync("/finish");
        return
        [
            new Result("from the append of an event to a watcher at another node, 100 events/s, p50", "ms", [At(hop, 0.5)], "at the job's own node", [At(own, 0.5)], ""),
            new Result("the same, p99", "ms", [At(hop, 0.99)], "at the job's own node", [At(own, 0.99)], ""),
        ];
    }

    private static double At(double[] sorted, double part) => sorted[(int)(sorted.Length * part)];

    private static async Task<double> FailoverAsync(BenchNode[] nodes, int signal)
    {
        var (job, owner) = await HoldAsync(nodes);
        var begun = Stopwatch.GetTimestamp();
        owner.Signal(signal);
        var next = await FindAsync([.. nodes.Where(node => node != owner)], job);
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        await next.PostAsync("/finish");
        await owner.GoneAsync();
        await owner.StartAsync();
        return seconds;
    }

    private static async Task<(string Job, BenchNode Owner)> HoldAsync(BenchNode[] nodes)
    {
        var job = await nodes[0].PostAsync("/hold");
        return (job, await FindAsync(nodes, job));
    }

    /// <summary>The node that runs a job, once one does.</summary>
    private static async Task<BenchNode> FindAsync(BenchNode[] nodes, string job)
    {
        while (true)
        {
            foreach (var node in nodes)
            {
                if ((await node.RunsAsync()).Contains(job))
                    return node;
            }

            await Task.Delay(Look, TimeProvider.System);
        }
    }
}
