namespace ProgressHub.Benchmarks.Peers;

/// <summary>A server under measurement, in a process of its own.</summary>
internal interface IPeer : IAsyncDisposable
{
    int Port { get; }

    /// <summary>The job to watch.</summary>
    string JobId { get; }

    /// <summary>Makes events: bursts leave together, the next so long after the one before began.</summary>
    Task PublishAsync(int count, int burst, double pauseMs);

    Task<Gauge> ReadGaugeAsync();

    Task<Memory> ReadMemoryAsync();
}

/// <summary>Starts peers by name.</summary>
internal static class Peer
{
    public static async Task<IPeer> StartAsync(string name) =>
        name == PeerServer.Nchan ? await NchanProcess.StartAsync() : await PeerProcess.StartAsync(name);
}
