using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProgressHub.Web.Components.Interop;

namespace ProgressHub.Web.Components.Shared;

/// <summary>What is copied at a click.</summary>
public abstract class CopyComponent : ComponentBase, IAsyncDisposable
{
    private JsModule? _module;

    /// <summary>What it is.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>What is copied.</summary>
    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    /// <summary>Whether it was.</summary>
    protected bool Copied { get; private set; }

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _module?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    /// <summary>Copies it.</summary>
    protected async Task CopyAsync()
    {
        _module ??= new JsModule(Script, "./ui/clipboard.js");
        Copied = await _module.CallAsync<bool>("copy", Text);
    }
}
