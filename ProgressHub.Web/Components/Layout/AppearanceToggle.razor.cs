using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProgressHub.Web.Components.Interop;

namespace ProgressHub.Web.Components.Layout;

/// <summary>
/// Chooses between the system's appearance, light and dark. The browser keeps the choice, and a script in the head
/// applies it before anything is painted; this only shows and changes it.
/// </summary>
public sealed partial class AppearanceToggle : IAsyncDisposable
{
    private const string System = "system";
    private const string Light = "light";
    private const string Dark = "dark";

    private string _choice = System;
    private JsModule? _module;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    private string Next => _choice switch { System => Light, Light => Dark, _ => System };

    private string Label => L["Appearance: {0}. Change to {1}", WordOf(_choice), WordOf(Next)];

    private string Drawing => _choice switch { Light => "sun", Dark => "moon", _ => "auto" };

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _module?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        _module = new JsModule(Script, "./ui/appearance-choice.js");
        _choice = Known(await _module.CallAsync<string>("read"));
        StateHasChanged();
    }

    private string WordOf(string choice) => choice switch { Light => L["light"], Dark => L["dark"], _ => L["system"] };

    private static string Known(string? choice) => choice is Light or Dark ? choice : System;

    private async Task ChangeAsync()
    {
        _choice = Next;
        if (_module is { } module)
            await module.CallAsync<object>("choose", _choice);
    }
}
