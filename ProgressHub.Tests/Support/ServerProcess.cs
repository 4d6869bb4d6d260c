using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ProgressHub.Tests.Support;

/// <summary>
/// The real server as a process of its own, with a port and a data folder that outlive it: killed and started again, it
/// is found at the same address and goes on from what is on disk.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    // Below the range that systems hand out to outgoing connections, so that nobody takes it while the server is down.
    private const int FirstPort = 20_000;
    private const int LastPort = 30_000;
    private const int Terminate = 15;
    private const int KilledExitCode = 128 + 9;

    // Our own server's and that of any other ASP.NET host.
    private static readonly string[] Announcements = ["ProgressHub is at ", "      Now listening on: "];
    private static readonly string[] Alarms = ["fail: ", "crit: ", "Unhandled exception"];

    private readonly ConcurrentQueue<string> _lines = new();
    private readonly SocketsHttpHandler _handler = new() { UseCookies = false, AllowAutoRedirect = false };
    private Process? _process;
    private TaskCompletionSource _up = NewSignal();

    private ServerProcess(string program, IEnumerable<(string Key, string Value)> settings)
    {
        Program = program;
        foreach (var (key, value) in settings)
            Settings[key] = value;
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        Client = new HttpClient(_handler) { BaseAddress = Address, Timeout = Patience.Limit };
    }

    public Uri Address { get; }

    /// <summary>Which program it is; read at each start.</summary>
    public string Program { get; set; }

    /// <summary>Asks the server; keeps no cookies and hides no redirects.</summary>
    public HttpClient Client { get; }

    public string DataDirectory { get; } = Directory.CreateTempSubdirectory("progresshub-e2e-").FullName;

    /// <summary>Configuration by key, such as <c>Translation:PseudoDelay</c>; read at each start.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>Further words of the command line; read at each start.</summary>
    public List<string> Arguments { get; } = [];

    /// <summary>Whether a file that may not grow is a failed write to it, and not its end; read at each start.</summary>
    public bool IgnoresFileSizeSignal { get; set; }

    /// <summary>All that the server has written to its console so far.</summary>
    public string Output => string.Join('\n', _lines);

    /// <summary>How many errors it has logged in all its lives.</summary>
    public int Complaints => _lines.Count(line => Alarms.Any(a => line.StartsWith(a, StringComparison.Ordinal)));

    public int ProcessId => _process!.Id;

    /// <summary>Whether the process is there.</summary>
    public bool IsUp => _process is { HasExited: false };

    public static Task<ServerProcess> StartNewAsync(params (string Key, string Value)[] settings) =>
        StartProgramAsync(Path.Combine(AppContext.BaseDirectory, "ProgressHub.Web.dll"), settings);

    /// <summary>A server that is still to be started.</summary>
    public static ServerProcess Prepare(params (string Key, string Value)[] settings) =>
        new(Path.Combine(AppContext.BaseDirectory, "ProgressHub.Web.dll"), settings);

    /// <summary>Starts another program that has our API.</summary>
    public static async Task<ServerProcess> StartProgramAsync(string program, params (string Key, string Value)[] settings)
    {
        var server = new ServerProcess(program, settings);
        try
        {
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the process; returns once it is ready for requests.</summary>
    public async Task StartAsync()
    {
        await LaunchAsync().WaitAsync(Patience.Limit);
        await Patience.UntilAsync(
            async () =>
            {
                using var response = await Client.GetAsync("/health/ready");
                return response.StatusCode == HttpStatusCode.OK;
            },
            "the server is ready");
        Volatile.Read(ref _up).TrySetResult();
    }

    /// <summary>Starts the process and returns at once.</summary>
    /// <returns>Completes once it listens; fails where it ends before.</returns>
    public Task LaunchAsync()
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string[] command = IgnoresFileSizeSignal ? ["/bin/sh", "-c", "trap '' XFSZ; exec \"$0\" \"$@\"", dotnet] : [dotnet];
        var start = new ProcessStartInfo(command[0], [.. command[1..], Program, "--urls", Address.GetLeftPart(UriPartial.Authority)])
        {
            WorkingDirectory = Path.GetDirectoryName(Program),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["Logging__LogLevel__Microsoft.AspNetCore"] = "Warning",
                ["Storage__DataDirectory"] = DataDirectory,
            },
        };
        foreach (var argument in Arguments)
            start.ArgumentList.Add(argument);
        foreach (var (key, value) in Settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;

        var listening = NewSignal();
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Note(line.Data, listening);
        process.ErrorDataReceived += (_, line) => Note(line.Data, listening);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
        _ = FailWhereItEndsAsync(process, listening);
        return listening.Task;
    }

    /// <summary>Only once all that it has said is here: the last words say why it has ended.</summary>
    private async Task FailWhereItEndsAsync(Process process, TaskCompletionSource listening)
    {
        await process.WaitForExitAsync();
        listening.TrySetException(new InvalidOperationException($"The server has ended.\n{Output}"));
    }

    /// <summary>Ends the process as a crash does: it gets no chance to do anything. Returns once it is gone.</summary>
    public async Task KillAsync()
    {
        GoDown();
        var process = _process!;
        process.Kill();
        await process.WaitForExitAsync().Soon();
        if (OperatingSystem.IsLinux())
            Assert.True(process.ExitCode == KilledExitCode, $"The server ended by itself with {process.ExitCode}.\n{Output}");
        process.Dispose();
        _process = null;
    }

    /// <summary>Asks the process to end, as an operator does; returns its exit code once it is gone.</summary>
    public async Task<int> StopAsync()
    {
        GoDown();
        var process = _process!;
        await SignalAsync(Terminate);
        await process.WaitForExitAsync().Soon();
        var code = process.ExitCode;
        process.Dispose();
        _process = null;
        return code;
    }

    /// <summary>Waits until the process has ended by itself; returns its exit code.</summary>
    public async Task<int> EndedAsync()
    {
        var process = _process!;
        await process.WaitForExitAsync().Soon();
        GoDown();
        var code = process.ExitCode;
        process.Dispose();
        _process = null;
        return code;
    }

    /// <summary>Sends the process a signal by its number.</summary>
    public async Task SignalAsync(int signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{ProcessId}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Completes at once while the server is up, else once it is ready again.</summary>
    public Task UntilUpAsync() => Volatile.Read(ref _up).Task.Soon();

    /// <summary>Asserts that the server has logged no error in any of its lives.</summary>
    public void AssertCalm() => Assert.True(Complaints == 0, $"The server complained:\n{Output}");

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _handler.Dispose();
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        Directory.Delete(DataDirectory, recursive: true);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A port that nobody has, and that no outgoing connection takes while it is free.</summary>
    internal static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(FirstPort, LastPort);
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it; try another.
            }
        }
    }

    private void GoDown()
    {
        // Who waits already goes on waiting for the same signal.
        if (_up.Task.IsCompleted)
            Volatile.Write(ref _up, NewSignal());
    }

    private void Note(string? line, TaskCompletionSource listening)
    {
        if (line is null)
            return;
        _lines.Enqueue(line);
        if (Announcements.Any(a => line.Contains(a, StringComparison.Ordinal)))
            listening.TrySetResult();
    }
}
