using Microsoft.Playwright;

namespace ProgressHub.Tests.Support;

/// <summary>The live connection of a browser's pages, on which the server's words can be held back.</summary>
internal sealed class BadLine
{
    private readonly Lock _gate = new();
    private readonly List<Action> _heldBack = [];
    private bool _holds;

    /// <summary>The line of all pages that are opened from now on.</summary>
    public static async Task<BadLine> OfAsync(BrowserVisit visit)
    {
        var line = new BadLine();
        await visit.Context.RouteWebSocketAsync("**/_blazor?*", page => page.ConnectToServer().OnMessage(frame => line.Hear(page, frame)));
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

    /// <summary>What was held back is never heard; a new line is a good one.</summary>
    public void Break()
    {
        lock (_gate)
        {
            _holds = false;
            _heldBack.Clear();
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
