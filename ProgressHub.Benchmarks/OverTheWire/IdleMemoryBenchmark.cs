using ProgressHub.Benchmarks.Load;
using ProgressHub.Benchmarks.Peers;

namespace ProgressHub.Benchmarks.OverTheWire;

/// <summary>What a watcher costs that waits while nothing happens: resident memory of the server for each of 5,000.</summary>
internal static class IdleMemoryBenchmark
{
    private const int Watchers = 5000;
    private const int Rounds = 3;

    public static async Task<IEnumerable<Result>> RunAsync()
    {
        var ours = new List<(double Resident, double Heap)>();
        var theirs = new List<(double Resident, double Heap)>();
        var nchan = new List<(double Resident, double Heap)>();
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(await MeasureAsync(PeerServer.Ours));
            theirs.Add(await MeasureAsync(PeerServer.TypedResults));
            if (NchanProcess.IsInstalled)
                nchan.Add(await MeasureAsync(PeerServer.Nchan));
        }

        return
        [
            new Result($"idle SSE watcher ({Watchers:N0})", "resident bytes", [.. ours.Select(m => m.Resident)],
                "TypedResults", [.. theirs.Select(m => m.Resident)], "≤ 0.9 ×"),
            .. nchan.Count == 0 ? (Result[])[] : [new Result($"idle SSE watcher ({Watchers:N0})", "resident bytes", [.. ours.Select(m => m.Resident)],
                "Nchan", [.. nchan.Select(m => m.Resident)], "≤ 0.6 ×")],
            new Result($"idle SSE watcher ({Watchers:N0})", "bytes on the managed heap", [.. ours.Select(m => m.Heap)],
                "TypedResults", [.. theirs.Select(m => m.Heap)], ""),
        ];
    }

    private static async Task<(double Resident, double Heap)> MeasureAsync(string name)
    {
        await using var peer = await Peer.StartAsync(name);
        using (await Audience.OfStreamAsync(peer, 50))
        {
            // The first watchers pay for what is made once.
        }

        var before = await peer.ReadMemoryAsync();
        using var audience = await Audience.OfStreamAsync(peer, Watchers);
        var after = await peer.ReadMemoryAsync();
        return ((after.Resident - before.Resident) / Watchers, (after.Heap - before.Heap) / Watchers);
    }
}
