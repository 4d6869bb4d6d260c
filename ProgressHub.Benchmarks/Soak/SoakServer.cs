using System.Diagnostics;
using System.Globalization;
using ProgressHub.Benchmarks.Peers;

namespace ProgressHub.Benchmarks.Soak;

/// <summary>The real server in a process and a folder of its own, with everything kept for seconds only, so that it comes to rest.</summary>
internal sealed class SoakServer : IAsyncDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("progresshub-soak-");
    private readonly Process _process;

    private SoakServer(int port)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "ProgressHub.Web.dll"), "--urls", $"http://127.0.0.1:{port}" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["Logging__LogLevel__Default"] = "Warning",
                ["Storage__DataDirectory"] = _data.FullName,
                ["Execution__Retention"] = "00:00:20",
                ["Execution__TombstoneRetention"] = "00:00:30",
                ["Execution__SweepInterval"] = "00:00:05",
                ["Uploads__UnusedLifetime"] = "00:00:20",
                ["Uploads__SweepInterval"] = "00:00:05",
                ["Limits__SubmissionsPerMinute"] = "1000000",
            },
        };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromMinutes(2) };
    }

    public HttpClient Client { get; }

    /// <summary>How many lines of errors and warnings it has logged.</summary>
    public int Complaints { get; private set; }

    public static async Task<SoakServer> StartAsync()
    {
        var server = new SoakServer(PeerProcess.FreePort());
        while (true)
        {
            try
            {
                using var ready = await server.Client.GetAsync("/health/ready");
                if (ready.IsSuccessStatusCode)
                    return server;
            }
            catch (HttpRequestException) when (!server._process.HasExited)
            {
                // It is still starting.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }
    }

    /// <summary>What it holds now.</summary>
    public SoakReading Read() => new(
        ProcStatus.ResidentBytes(_process.Id) / (1024 * 1024),
        Directory.GetFileSystemEntries($"/proc/{_process.Id.ToString(CultureInfo.InvariantCulture)}/fd").Length,
        Directory.GetDirectories($"/proc/{_process.Id.ToString(CultureInfo.InvariantCulture)}/task").Length,
        Length("progresshub.db-wal"), Length("progresshub.db"),
        _data.EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Exists ? f.Length : 0) / (1024.0 * 1024));

    /// <summary>The processor time that it has used, µs.</summary>
    public double ReadCpuMicroseconds() => ProcStatus.CpuMicroseconds(_process.Id);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _data.Delete(recursive: true);
    }

    private double Length(string file) => new FileInfo(Path.Combine(_data.FullName, file)) is { Exists: true } there ? there.Length / (1024.0 * 1024) : 0;

    private void Note(string? line)
    {
        // Only where it is stands there besides warnings and errors.
        if (line is null || line.StartsWith("ProgressHub is at ", StringComparison.Ordinal))
            return;
        Complaints++;
        Console.Error.WriteLine(line);
    }
}
