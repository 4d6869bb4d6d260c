using ProgressHub.Benchmarks.Nodes;

namespace ProgressHub.Benchmarks.Peers;

/// <summary>
/// A server under measurement, in a process of its own. Each has the same few routes: a stream to watch, <c>/publish</c>
/// to make events, <c>/rss</c> after a collection.
/// </summary>
internal static class PeerServer
{
    public const string Ours = "ours";

    /// <summary>The same, with streams that stay with the web server.</summary>
    public const string Served = "ours-served";
    public const string BareLoop = "bare-loop";
    public const string TypedResults = "typed-results";
    public const string BareHub = "bare-hub";
    public const string Nchan = "nchan";

    /// <summary>One of several nodes.</summary>
    public const string Node = "node";

    public static async Task RunAsync(string peer, int port)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "ProgressHub.Web" });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        IPublisher publisher = peer switch
        {
            Ours => new OursPeer(builder, handsOver: true),
            Served => new OursPeer(builder, handsOver: false),
            BareLoop => new BareLoopPeer(),
            TypedResults => new TypedResultsPeer(builder),
            BareHub => new BareHubPeer(builder),
            Node => new NodePeer(builder),
            _ => throw new ArgumentException($"There is no peer '{peer}'."),
        };

        await using var app = builder.Build();
        publisher.Map(app);
        app.MapPost("/publish", async (int count, int burst, double pauseMs) =>
        {
            // Bursts leave together; between them the clock runs, whatever the burst took.
            var clock = TimeProvider.System;
            for (var sent = 0; sent < count;)
            {
                var began = clock.GetTimestamp();
                for (var i = 0; i < burst && sent < count; i++, sent++)
                    await publisher.PublishAsync(sent);
                var rest = TimeSpan.FromMilliseconds(pauseMs) - clock.GetElapsedTime(began);
                if (rest > TimeSpan.Zero)
                    await Task.Delay(rest, clock);
            }
        });
        app.MapGet("/gauge", () =>
        {
            var process = System.Diagnostics.Process.GetCurrentProcess();
            return new Gauge(
                process.TotalProcessorTime.TotalMicroseconds, GC.GetTotalAllocatedBytes(precise: true));
        });
        app.MapGet("/rss", () =>
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            return new Memory(ProcStatus.ResidentBytes(), GC.GetTotalMemory(forceFullCollection: true));
        });
        await app.RunAsync();
    }
}

/// <summary>What a peer has used since it began.</summary>
/// <param name="CpuMicroseconds">Processor time.</param>
/// <param name="AllocatedBytes">Bytes allocated on the managed heap.</param>
internal sealed record Gauge(double CpuMicroseconds, double AllocatedBytes);

/// <summary>What a peer holds after a collection.</summary>
/// <param name="Resident">Resident bytes of the process.</param>
/// <param name="Heap">Live bytes of the managed heap.</param>
internal sealed record Memory(double Resident, double Heap);

/// <summary>How a peer makes an event and shows it.</summary>
internal interface IPublisher
{
    void Map(WebApplication app);

    ValueTask PublishAsync(int number);
}
