using ProgressHub.Benchmarks.Load;
using ProgressHub.Benchmarks.Peers;

namespace ProgressHub.Benchmarks.OverTheWire;

/// <summary>What 20 watchers that read nothing do to 100 that read: time to the last of them, and growth of the heap.</summary>
internal static class StalledBenchmark
{
    private const int Readers = 100;
    private const int Stalled = 20;
    private const int Events = 400;
    private const int Rounds = 5;

    public static async Task<IEnumerable<Result>> RunAsync()
    {
        var alone = new List<double>();
        var beside = new List<double>();
        var heap = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            alone.Add((await MeasureAsync(0)).P99);
            var (p99, growth) = await MeasureAsync(Stalled);
            beside.Add(p99);
            heap.Add(growth / (1024 * 1024));
        }

        return
        [
            new Result($"a reader's p99 beside {Stalled} stalled watchers", "ms", [.. beside], "without them", [.. alone], "≤ 1.1 ×"),
            new Result($"heap growth with {Stalled} stalled watchers", "MiB", [.. heap], "", [], "< 10"),
        ];
    }

    private static async Task<(double P99, double HeapGrowth)> MeasureAsync(int stalled)
    {
        await using var peer = await PeerProcess.StartAsync(PeerServer.Ours);
        using var readers = await Audience.OfStreamAsync(peer, Readers);
        var idle = new List<RawWatcher>();
        for (var i = 0; i < stalled; i++)
        {
            var watcher = new RawWatcher();
            await watcher.ConnectAsync(peer.Port, "/stream");
            idle.Add(watcher);
        }

        var before = await peer.ReadMemoryAsync();
        var latencies = new List<double>();
        for (var i = 1; i <= Events; i++)
        {
            var began = TimeProvider.System.GetTimestamp();
            await peer.PublishAsync(8, 8, 0);
            await readers.WaitAsync(i * 8L);
            latencies.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
        }

        var after = await peer.ReadMemoryAsync();
        idle.ForEach(w => w.Dispose());
        latencies.Sort();
        return (latencies[(int)(latencies.Count * 0.99)], after.Heap - before.Heap);
    }
}
