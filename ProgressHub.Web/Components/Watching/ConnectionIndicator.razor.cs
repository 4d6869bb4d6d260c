using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProgressHub.Web.Components.Interop;

namespace ProgressHub.Web.Components.Watching;

/// <summary>
/// Whether what is shown is up to date, over which transport it comes and how long that takes. That the browser has lost the
/// server is something the server can't render: the page's own script then marks the document, and the style shows the other
/// word.
/// </summary>
public sealed partial class ConnectionIndicator : IAsyncDisposable
{
    private const string LongPolling = "longPolling";
    private static readonly TimeSpan MeasureEvery = TimeSpan.FromSeconds(10);

    private JsModule? _module;
    private ITimer? _timer;
    private string? _transport;
    private int? _delayMs;

    /// <summary>How the page stands with the feed.</summary>
    [Parameter, EditorRequired]
    public FeedConnection Connection { get; set; }

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private string Text => Connection switch
    {
        FeedConnection.Live => L["Connected"],
        FeedConnection.Interrupted => L["Interrupted, trying again"],
        // The state beside it says that the job has ended.
        _ => "",
    };

    private string? Told => (Connection, _transport) switch
    {
        (FeedConnection.Ended, _) => null,
        (FeedConnection.Interrupted, _) => L["The server can't read the job now. It is tried again, and nothing will be missing."],
        (_, null) => null,
        (_, LongPolling) => L["Over long polling, {0} ms there and back: WebSockets do not get through between this browser and the server.", _delayMs],
        _ => L["Over a WebSocket, {0} ms there and back.", _delayMs],
    };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _timer?.Dispose();
        if (_module is { } module)
            await module.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        _module = new JsModule(Script, "./ui/connection.js");
        await MeasureAsync();
        _timer = Time.CreateTimer(_ => _ = InvokeAsync(MeasureAsync), null, MeasureEvery, MeasureEvery);
    }

    private async Task MeasureAsync()
    {
        if (_module is not { } module || Connection != FeedConnection.Live)
            return;
        _transport = await module.CallAsync<string>("transport");
        var begun = Time.GetTimestamp();
        if (await module.CallAsync<bool>("ping"))
            _delayMs = Math.Max(1, (int)Time.GetElapsedTime(begun).TotalMilliseconds);
        StateHasChanged();
    }
}
