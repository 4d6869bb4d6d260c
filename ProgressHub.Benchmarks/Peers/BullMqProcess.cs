using System.Diagnostics;
using System.Globalization;

namespace ProgressHub.Benchmarks.Peers;

/// <summary>
/// BullMQ's queue and worker in one process of Node, on a Redis of its own that syncs its file at each write. Redis is
/// <c>redis-server</c> on the path; BullMQ is where <c>BULLMQ_FOLDER</c> says that <c>npm install bullmq</c> was run.
/// </summary>
internal sealed class BullMqProcess : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("progresshub-bullmq-");
    private Process? _redis;
    private Process? _node;

    /// <summary>Starts both; null where they are not installed.</summary>
    /// <param name="atOnce">How many submit at once, and how many jobs run at once.</param>
    public static async Task<BullMqProcess?> TryStartAsync(int atOnce)
    {
        var redis = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "redis-server")).FirstOrDefault(File.Exists);
        if (redis is null || Environment.GetEnvironmentVariable("BULLMQ_FOLDER") is not { } modules)
            return null;
        var peer = new BullMqProcess();
        await peer.StartAsync(redis, modules, atOnce);
        return peer;
    }

    /// <summary>Has so many jobs submitted and run; the rate in jobs a second.</summary>
    public async Task<double> MeasureAsync(int jobs)
    {
        await _node!.StandardInput.WriteLineAsync(jobs.ToString(CultureInfo.InvariantCulture));
        var line = await _node.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("BullMQ has ended.");
        return double.Parse(line, CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in (Process?[])[_node, _redis])
        {
            if (process is null)
                continue;
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private async Task StartAsync(string redis, string modules, int atOnce)
    {
        var port = PeerProcess.FreePort().ToString(CultureInfo.InvariantCulture);
        _redis = Process.Start(new ProcessStartInfo(redis)
        {
            ArgumentList =
            {
                "--port", port, "--bind", "127.0.0.1", "--dir", _folder.FullName, "--save", "", "--appendonly", "yes",
                "--appendfsync", "always", "--loglevel", "warning",
            },
            UseShellExecute = false,
        })!;

        // Beside its modules, which is where Node looks for them.
        var script = Path.Combine(modules, "progresshub-bullmq.mjs");
        await using (var source = typeof(BullMqProcess).Assembly.GetManifestResourceStream("ProgressHub.Benchmarks.Peers.bullmq.mjs")!)
        await using (var target = File.Create(script))
            await source.CopyToAsync(target);
        _node = Process.Start(new ProcessStartInfo("node")
        {
            ArgumentList = { script, port, atOnce.ToString(CultureInfo.InvariantCulture) },
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        await MeasureAsync(1000);
    }
}
