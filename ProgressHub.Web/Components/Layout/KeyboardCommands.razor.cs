using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProgressHub.Web.Components.Interop;

namespace ProgressHub.Web.Components.Layout;

/// <summary>What keys do on every page; the palette has a button too.</summary>
public sealed partial class KeyboardCommands : IAsyncDisposable
{
    private const string Palette = "palette";
    private const string Help = "help";

    private static readonly Dictionary<string, string> Places = new()
    {
        ["go-h"] = "", ["go-j"] = "jobs", ["go-c"] = "collections", ["go-a"] = "analysis", ["go-s"] = "settings",
    };

    private DotNetObjectReference<KeyboardCommands>? _self;
    private JsModule? _module;
    private string? _open;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <summary>A key was pressed that means something.</summary>
    [JSInvokable]
    public void OnShortcut(string name)
    {
        if (Places.TryGetValue(name, out var place))
        {
            Navigation.NavigateTo(place);
            return;
        }

        if (name is not (Palette or Help))
            return;
        _open = _open == name ? null : name;
        StateHasChanged();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_module is { } module)
        {
            await module.CallAsync<object>("detach");
            await module.DisposeAsync();
        }

        _self?.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        _self = DotNetObjectReference.Create(this);
        _module = new JsModule(Script, "./ui/shortcuts.js");
        await _module.CallAsync<object>("attach", _self);
    }

    private void Close() => _open = null;
}
