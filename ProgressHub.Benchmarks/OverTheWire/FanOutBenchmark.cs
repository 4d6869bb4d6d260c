using ProgressHub.Benchmarks.Load;
using ProgressHub.Benchmarks.Peers;

namespace ProgressHub.Benchmarks.OverTheWire;

/// <summary>Processor time and allocation of the server for each delivery of one event to one watcher.</summary>
internal static class FanOutBenchmark
{
    private const int Rounds = 5;

    public static async Task<IEnumerable<Result>> RunAsync(FanOut fanOut)
    {
        if (fanOut.Peer == PeerServer.Nchan && !NchanProcess.IsInstalled)
        {
            Console.Error.WriteLine("Nchan is not installed (apt-get install nginx libnginx-mod-nchan); its rows are left out.");
            return [];
        }

        await using var ours = await PeerServerUnderLoad.StartAsync(PeerServer.Ours, fanOut);
        await using var theirs = await PeerServerUnderLoad.StartAsync(fanOut.Peer, fanOut);
        await ours.MeasureAsync();
        await theirs.MeasureAsync();

        var rounds = new List<(Cost Ours, Cost Theirs)>();
        for (var round = 0; round < Rounds; round++)
            rounds.Add((await ours.MeasureAsync(), await theirs.MeasureAsync()));
        Result[] results =
        [
            new Result(fanOut.Name, "µs of server CPU a delivery", [.. rounds.Select(r => r.Ours.Cpu)],
                fanOut.PeerLabel, [.. rounds.Select(r => r.Theirs.Cpu)], fanOut.CpuTarget),
            new Result(fanOut.Name, "bytes allocated a delivery", [.. rounds.Select(r => r.Ours.Bytes)],
                fanOut.PeerLabel, [.. rounds.Select(r => r.Theirs.Bytes)], fanOut.AllocationTarget),
        ];
        return results.Where(r => r.Theirs.All(double.IsFinite));
    }

    private sealed record Cost(double Cpu, double Bytes);

    private sealed class PeerServerUnderLoad(IPeer peer, Audience audience, FanOut fanOut) : IAsyncDisposable
    {
        private long _expected;

        public static async Task<PeerServerUnderLoad> StartAsync(string name, FanOut fanOut)
        {
            var peer = await Peer.StartAsync(name);
            return new PeerServerUnderLoad(peer, await fanOut.Connect(peer, fanOut.Watchers), fanOut);
        }

        public async Task<Cost> MeasureAsync()
        {
            var before = await peer.ReadGaugeAsync();
            await peer.PublishAsync(fanOut.Events, fanOut.Burst, fanOut.PauseMs);
            await audience.WaitAsync(_expected += fanOut.Events);
            var after = await peer.ReadGaugeAsync();
            var deliveries = (double)fanOut.Events * audience.Count;
            return new Cost(
                (after.CpuMicroseconds - before.CpuMicroseconds) / deliveries,
                (after.AllocatedBytes - before.AllocatedBytes) / deliveries);
        }

        public async ValueTask DisposeAsync()
        {
            audience.Dispose();
            await peer.DisposeAsync();
        }
    }
}
