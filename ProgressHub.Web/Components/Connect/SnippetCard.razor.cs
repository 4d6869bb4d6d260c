using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Components.Interop;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Connect;

/// <summary>
/// A way to connect, as text to copy and to run here and now. What runs is the module that is shown, in the browser; until
/// the browser has it, or where nothing here can do the work, it can't be run.
/// </summary>
public sealed partial class SnippetCard : IAsyncDisposable
{
    private ElementReference _element;
    private JsModule? _module;
    private bool _isReady;
    private string? _refusal;
    private string _address = "";
    private string _script = "";

    /// <summary>What is shown.</summary>
    [Parameter, EditorRequired]
    public Snippet Snippet { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IWebHostEnvironment Host { get; set; } = null!;

    [Inject]
    private WorkloadCatalog Workloads { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    // What is run here goes with the session of who has signed in; what is copied does not.
    private bool NeedsKey => Caller.Name is not null;

    private string Shell => Snippets.At(_address, Snippet.Curl) is var text && NeedsKey ? AuthorizedSnippets.Shell(text, _address) : text;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _module?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _address = Navigation.BaseUri.TrimEnd('/');
        var file = Host.WebRootFileProvider.GetFileInfo($"connect/{Snippet.Name}.js");
        using var reader = new StreamReader(file.CreateReadStream());
        _script = Snippets.Script(Snippet, await reader.ReadToEndAsync(), _address);
        if (NeedsKey)
            _script = AuthorizedSnippets.Script(_script, _address);
        if (Snippet.File is { } needed)
            _refusal = await RefusalAsync(needed.Kind);
        _isReady = true;
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_isReady || _refusal is not null || _module is not null)
            return;
        _module = new JsModule(Script, "./ui/run-snippet.js");
        await _module.CallAsync<object>("attach", _element, Snippet.Name, _address);
    }

    private string Library(LibraryUse library) =>
        Snippets.At(_address, library.Text) is var text && NeedsKey ? AuthorizedSnippets.Library(text, _address) : text;

    private async Task<string?> RefusalAsync(string kind)
    {
        var engines = Workloads.Find(kind) is { } workload ? await workload.GetEnginesAsync(CancellationToken.None) : [];
        if (engines.Any(e => e.Ready))
            return null;
        var needs = engines.Where(e => e.Hint is not null).Select(e => $" {e.Label}: {e.Hint}.");
        return UiText.Of("No engine is ready for this on the server, so it can't be run.{0}", string.Concat(needs));
    }
}
