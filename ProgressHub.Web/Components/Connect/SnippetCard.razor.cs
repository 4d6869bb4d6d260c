using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProgressHub.Web.Components.Live;

namespace ProgressHub.Web.Components.Connect;

/// <summary>A way to connect, as text to copy and to run here and now. What runs is the module that is shown, in the browser.</summary>
public sealed partial class SnippetCard : IAsyncDisposable
{
    private ElementReference _element;
    private JsModule? _module;
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

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _module?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _address = Navigation.BaseUri.TrimEnd('/');
        var file = Host.WebRootFileProvider.GetFileInfo($"connect/{Snippet.Name}.js");
        using var reader = new StreamReader(file.CreateReadStream());
        _script = Snippets.Script(await reader.ReadToEndAsync(), _address);
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        _module = new JsModule(Script, "./ui/run-snippet.js");
        await _module.CallAsync<object>("attach", _element, Snippet.Name, _address);
    }
}
