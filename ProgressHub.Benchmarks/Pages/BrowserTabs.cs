using System.Diagnostics;
using System.Globalization;
using ProgressHub.Benchmarks.Peers;

namespace ProgressHub.Benchmarks.Pages;

/// <summary>Many tabs of one real browser, opened through its debugging port (Chrome DevTools Protocol, HTTP endpoints).</summary>
internal sealed class BrowserTabs : IAsyncDisposable
{
    private static readonly string Path = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } set ? set : "/usr/bin/chromium";
    private readonly DirectoryInfo _profile = Directory.CreateTempSubdirectory("progresshub-bench-");
    private readonly Process _process;
    private readonly HttpClient _client;

    private BrowserTabs(int port)
    {
        _client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        _process = Process.Start(new ProcessStartInfo(Path)
        {
            ArgumentList =
            {
                "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
                "--renderer-process-limit=4", string.Create(CultureInfo.InvariantCulture, $"--remote-debugging-port={port}"),
                $"--user-data-dir={_profile.FullName}", "about:blank",
            },
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;
        _process.BeginErrorReadLine();
    }

    /// <summary>Whether the browser is installed.</summary>
    public static bool IsInstalled => File.Exists(Path);

    public static async Task<BrowserTabs> StartAsync()
    {
        var tabs = new BrowserTabs(PeerProcess.FreePort());
        while (true)
        {
            try
            {
                using var version = await tabs._client.GetAsync("/json/version");
                version.EnsureSuccessStatusCode();
                return tabs;
            }
            catch (HttpRequestException) when (!tabs._process.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
            }
        }
    }

    public async Task OpenAsync(Uri address)
    {
        using var answer = await _client.PutAsync($"/json/new?{Uri.EscapeDataString(address.AbsoluteUri)}", null);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _profile.Delete(recursive: true);
    }
}
