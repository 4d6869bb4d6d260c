using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProgressHub.Web.Components.Live;

namespace ProgressHub.Web.Components.Look;

/// <summary>Text to be copied as it is, such as commands.</summary>
public sealed partial class CopyText : IAsyncDisposable
{
    private readonly string _id = $"copy-{Guid.NewGuid():N}";
    private JsModule? _module;
    private bool _copied;

    /// <summary>What it is.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>The text.</summary>
    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _module?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task CopyAsync()
    {
        _module ??= new JsModule(Script, "./ui/clipboard.js");
        _copied = await _module.CallAsync<bool>("copy", Text);
    }
}
