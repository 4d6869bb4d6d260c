using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ProgressHub.Tests.Support;

/// <summary>A person's browser: its tabs share what is kept, and whatever goes wrong in any of them is noted.</summary>
internal sealed partial class BrowserVisit : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentBag<Regex> _forgiven = [];
    private readonly IBrowserContext _context;
    private readonly Uri _server;

    private BrowserVisit(IBrowserContext context, Uri server)
    {
        _context = context;
        _server = server;
        context.Page += (_, page) => Listen(page);
        context.Request += (_, request) => Check(request.Url);
        context.SetDefaultTimeout((float)Patience.Limit.TotalMilliseconds);
        context.SetDefaultNavigationTimeout((float)Patience.Limit.TotalMilliseconds);
    }

    public IBrowserContext Context => _context;

    public static async Task<BrowserVisit> StartAsync(IBrowser browser, Uri server, BrowserNewContextOptions? options = null)
    {
        options ??= new BrowserNewContextOptions();
        options.BaseURL = server.ToString();
        options.AcceptDownloads = true;
        return new BrowserVisit(await browser.NewContextAsync(options), server);
    }

    /// <summary>Opens a tab at an address of the server.</summary>
    public async Task<IPage> OpenAsync(string path = "/")
    {
        var page = await _context.NewPageAsync();
        await page.GotoAsync(path);
        return page;
    }

    /// <summary>The document itself is answered with this status, which a browser's console complains of.</summary>
    public void ExpectStatus(int status) => _forgiven.Add(new Regex($"responded with a status of {status}"));

    /// <summary>The server goes away: lost connections are no longer a complaint.</summary>
    public void ExpectLostConnections() => _forgiven.Add(LostConnection());

    /// <summary>Asserts that no page failed, complained, broke its policy or asked another host.</summary>
    public void AssertCalm()
    {
        var complaints = string.Join('\n', _complaints.Where(c => !_forgiven.Any(f => f.IsMatch(c))));
        Assert.True(complaints.Length == 0, complaints);
    }

    public async ValueTask DisposeAsync() => await _context.CloseAsync();

    private void Listen(IPage page)
    {
        page.PageError += (_, error) => _complaints.Enqueue($"{page.Url} failed: {error}");
        page.Crash += (_, _) => _complaints.Enqueue($"{page.Url} crashed");
        page.WebSocket += (_, socket) => Check(socket.Url);
        page.Console += (_, message) =>
        {
            // A broken policy is reported as an error, or as a warning where it is only watched.
            if (message.Type == "error" || message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
                _complaints.Enqueue($"{page.Url} says: {message.Text}");
        };
    }

    private void Check(string url)
    {
        var asked = new Uri(url);
        if (asked.Scheme is not ("data" or "blob" or "about") && asked.Authority != _server.Authority)
            _complaints.Enqueue($"Another host was asked: {url}");
    }

    [GeneratedRegex("ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE|ERR_SOCKET|WebSocket|Failed to fetch|Failed to complete negotiation|Failed to start the connection|Connection disconnected|Server timeout|ERR_ABORTED|Cannot send data if the connection is not in the 'Connected' State")]
    private static partial Regex LostConnection();
}
