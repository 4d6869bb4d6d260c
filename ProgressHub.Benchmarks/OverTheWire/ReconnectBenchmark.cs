using ProgressHub.Benchmarks.Load;
using ProgressHub.Benchmarks.Peers;

namespace ProgressHub.Benchmarks.OverTheWire;

/// <summary>
/// 5,000 watchers that come back at once, as after a restart of a proxy, each of which has missed 200 events: ours from the
/// log, Nchan's from its buffer. Each opens a connection, reads what it missed and goes.
/// </summary>
internal static class ReconnectBenchmark
{
    private const int Reconnects = 5000;
    private const int Missed = 200;
    private const int AtOnce = 64;
    private const int Rounds = 3;

    public static async Task<IEnumerable<Result>> RunAsync()
    {
        await using var ours = await Peer.StartAsync(PeerServer.Ours);
        await ours.PublishAsync(Missed, Missed, 0);
        await using var theirs = NchanProcess.IsInstalled ? await Peer.StartAsync(PeerServer.Nchan) : null;
        if (theirs is not null)
            await theirs.PublishAsync(Missed, Missed, 0);

        await MeasureAsync(ours);
        List<(double Cpu, double PerSecond)> our = [], their = [];
        for (var round = 0; round < Rounds; round++)
        {
            our.Add(await MeasureAsync(ours));
            if (theirs is not null)
                their.Add(await MeasureAsync(theirs));
        }

        var peer = theirs is null ? "" : "Nchan";
        return
        [
            new Result($"{Reconnects:N0} reconnects, {Missed} missed events each", "reconnects/s", [.. our.Select(r => r.PerSecond)],
                peer, [.. their.Select(r => r.PerSecond)], "≥ 1 ×", HigherIsBetter: true),
            new Result("the same", "µs of server CPU a reconnect", [.. our.Select(r => r.Cpu)], peer, [.. their.Select(r => r.Cpu)], "≤ 1 ×"),
        ];
    }

    private static async Task<(double Cpu, double PerSecond)> MeasureAsync(IPeer peer)
    {
        var clock = TimeProvider.System;
        var before = await peer.ReadGaugeAsync();
        var began = clock.GetTimestamp();
        await Parallel.ForAsync(0, Reconnects, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (_, _) =>
        {
            using var watcher = new RawWatcher();
            await watcher.ConnectAsync(peer.Port, "/replay");
            await watcher.ReadUntilAsync(Missed);
        });
        var took = clock.GetElapsedTime(began);
        var after = await peer.ReadGaugeAsync();
        return ((after.CpuMicroseconds - before.CpuMicroseconds) / Reconnects, Reconnects / took.TotalSeconds);
    }
}
