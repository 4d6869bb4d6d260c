using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;

namespace ProgressHub.Benchmarks.Peers;

/// <summary>A peer's process, from the outside.</summary>
internal sealed class PeerProcess : IPeer
{
    private readonly Process _process;
    private readonly HttpClient _client;

    private PeerProcess(Process process, int port)
    {
        _process = process;
        Port = port;
        _client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromMinutes(2) };
    }

    public int Port { get; }

    /// <summary>The job to watch.</summary>
    public string JobId { get; private set; } = "";

    public static async Task<PeerProcess> StartAsync(string peer)
    {
        var port = FreePort();
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false };
        foreach (var argument in (string[])["serve", peer, port.ToString(System.Globalization.CultureInfo.InvariantCulture)])
            start.ArgumentList.Add(argument);
        var started = new PeerProcess(Process.Start(start)!, port);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var answer = await started._client.PostAsync("/begin", null);
                answer.EnsureSuccessStatusCode();
                started.JobId = await answer.Content.ReadAsStringAsync();
                return started;
            }
            catch (HttpRequestException) when (attempt < 100)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }
    }

    public async Task PublishAsync(int count, int burst, double pauseMs)
    {
        using var answer = await _client.PostAsync(
            FormattableString.Invariant($"/publish?count={count}&burst={burst}&pauseMs={pauseMs}"), null);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Begins a job that blocks; returns its id.</summary>
    public Task<string> BlockAsync() => SubmitAsync("block");

    /// <summary>Submits a job: one that blocks, or one that is over at once (<c>quick</c>); returns its id.</summary>
    public async Task<string> SubmitAsync(string which)
    {
        using var answer = await _client.PostAsync($"/{which}", null);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync();
    }

    public async Task<Gauge> ReadGaugeAsync() => (await _client.GetFromJsonAsync<Gauge>("/gauge"))!;

    public async Task<Memory> ReadMemoryAsync() => (await _client.GetFromJsonAsync<Memory>("/rss"))!;

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
