using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using ProgressHub.Benchmarks.Peers;

namespace ProgressHub.Benchmarks.Nodes;

/// <summary>One of several nodes, from the outside.</summary>
internal sealed class BenchNode : IAsyncDisposable
{
    private const int MostTries = 600;

    private readonly string _database;
    private readonly DirectoryInfo _folder;
    private readonly DirectoryInfo _files;
    private readonly int _siloPort = PeerProcess.FreePort();
    private readonly int _port = PeerProcess.FreePort();
    private Process? _process;

    public BenchNode(string database, DirectoryInfo files)
    {
        (_database, _files, _folder) = (database, files, Directory.CreateTempSubdirectory("progresshub-bench-"));
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_port}"), Timeout = TimeSpan.FromMinutes(2) };
    }

    public HttpClient Client { get; }

    /// <summary>Starts it; returns once it answers, so once it is a member.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["serve", PeerServer.Node, _port.ToString(CultureInfo.InvariantCulture)])
        {
            UseShellExecute = false,
            Environment =
            {
                ["Storage__Provider"] = "Postgres", ["Storage__ConnectionString"] = _database, ["Storage__DataDirectory"] = _folder.FullName,
                ["Uploads__Directory"] = _files.FullName, ["Cluster__Name"] = "bench", ["Execution__MaxConcurrency"] = "64",
                ["Cluster__SiloPort"] = _siloPort.ToString(CultureInfo.InvariantCulture),
            },
        };
        _process = Process.Start(start)!;
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await RunsAsync();
                return;
            }
            catch (HttpRequestException) when (attempt < MostTries && !_process.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }
    }

    /// <summary>The jobs that it runs.</summary>
    public async Task<string[]> RunsAsync() => (await Client.GetStringAsync("/runs")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public async Task<string> PostAsync(string path)
    {
        using var answer = await Client.PostAsync(path, null);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync();
    }

    public async Task<Memory> ReadMemoryAsync() => (await Client.GetFromJsonAsync<Memory>("/rss"))!;

    /// <summary>Sends it a signal by its number, and returns at once.</summary>
    public void Signal(int number)
    {
        using var kill = Process.Start("kill", [$"-{number}", $"{_process!.Id}"]);
        kill.WaitForExit();
    }

    public Task GoneAsync() => _process!.WaitForExitAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_process is { } process)
        {
            if (!process.HasExited)
                process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _folder.Delete(recursive: true);
    }
}
