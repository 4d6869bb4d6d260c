using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProgressHub.Web.Components.Interop;

namespace ProgressHub.Web.Components.Shared;

/// <summary>
/// The browser's own modal dialog, open while it is rendered: the focus stays in it, and is afterwards where it was.
/// </summary>
public abstract class ModalDialog : ComponentBase, IAsyncDisposable
{
    private JsModule? _module;

    /// <summary>Tells it from other dialogs.</summary>
    protected abstract string DialogId { get; }

    /// <summary>Its element.</summary>
    protected ElementReference Dialog { get; set; }

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_module is not { } module)
            return;
        await module.CallAsync<object>("closed", DialogId);
        await module.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        _module = new JsModule(Script, "./ui/dialog.js");
        await _module.CallAsync<object>("open", Dialog, DialogId);
    }
}
