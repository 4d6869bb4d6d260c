using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProgressHub.Web.Components.Interop;

namespace ProgressHub.Web.Components.Listing;

/// <summary>Lists of jobs that the reader keeps under a name. The browser keeps them.</summary>
public sealed partial class SavedViews : IAsyncDisposable
{
    private IReadOnlyList<SavedView> _views = [];
    private JsModule? _module;
    private ElementReference _field;
    private bool _isNaming;
    private bool _focuses;
    private string _name = "";

    /// <summary>What is listed now.</summary>
    [Parameter, EditorRequired]
    public JobListFilter Filter { get; set; } = new();

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string Query => new Uri((Filter with { Before = null }).ToAddress(Navigation)).Query;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _module?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _module = new JsModule(Script, "./ui/saved-views.js");
            _views = await _module.CallAsync<SavedView[]>("read") ?? [];
            StateHasChanged();
        }

        if (!_focuses)
            return;
        _focuses = false;
        await _field.FocusAsync();
    }

    // What the browser keeps is a query of the list and nothing else.
    private static string Address(SavedView view) => $"jobs{(view.Query.StartsWith('?') ? view.Query : "")}";

    private void Begin() => (_isNaming, _focuses, _name) = (true, true, "");

    private async Task KeepAsync()
    {
        if (string.IsNullOrWhiteSpace(_name) || _module is not { } module)
            return;
        _views = await module.CallAsync<SavedView[]>("keep", _name.Trim(), Query) ?? _views;
        _isNaming = false;
    }

    private async Task ForgetAsync(SavedView view)
    {
        if (_module is { } module)
            _views = await module.CallAsync<SavedView[]>("forget", view.Name) ?? _views;
    }
}
