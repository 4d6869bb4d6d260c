using Microsoft.Playwright;

namespace ProgressHub.Tests.Support;

/// <summary>The live connection of a browser's pages, on which the server's words can be held back, and which can be cut.</summary>
internal sealed class BadLine
{
    // Of an application; a browser lets nobody close with the code of a line that broke.
    private const int Cut = 4000;

    private readonly Lock _gate = new();
    private readonly List<Action> _heldBack = [];
    private readonly List<IWebSocketRoute> _open = [];
    private bool _holds;
    private bool _isCut;

    /// <summary>The line of all pages that are opened from now on.</summary>
    public static async Task<BadLine> OfAsync(BrowserVisit visit)
    {
        var line = new BadLine();
        await visit.Context.RouteWebSocketAsync("**/_blazor?*", line.Connect);
        return line;
    }

    /// <summary>From now on the pages hear nothing, and are heard.</summary>
    public void Hold()
    {
        lock (_gate)
            _holds = true;
    }

    /// <summary>The pages hear all that was said meanwhile.</summary>
    public void Release()
    {
        lock (_gate)
        {
            _holds = false;
            _heldBack.ForEach(say => say());
            _heldBack.Clear();
        }
    }

    /// <summary>Cuts the line, and keeps it cut.</summary>
    public async Task CutAsync()
    {
        IWebSocketRoute[] open;
        lock (_gate)
        {
            _isCut = true;
            open = [.. _open];
            _open.Clear();
        }

        foreach (var end in open)
            await end.CloseAsync(new() { Code = Cut, Reason = "cut" });
    }

    /// <summary>Whoever tries again gets through.</summary>
    public void Mend()
    {
        lock (_gate)
            _isCut = false;
    }

    private void Connect(IWebSocketRoute page)
    {
        lock (_gate)
        {
            if (_isCut)
            {
                _ = page.CloseAsync(new() { Code = Cut, Reason = "cut" });
                return;
            }

            var server = page.ConnectToServer();
            server.OnMessage(frame => Hear(page, frame));
            _open.AddRange([page, server]);
        }
    }

    private void Hear(IWebSocketRoute page, IWebSocketFrame frame)
    {
        lock (_gate)
        {
            if (_holds)
                _heldBack.Add(Say);
            else
                Say();
        }

        void Say()
        {
            if (frame.Binary is { } bytes)
                page.Send(bytes);
            else
                page.Send(frame.Text ?? "");
        }
    }
}
