using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProgressHub.Web.Components.Interop;

namespace ProgressHub.Web.Components.Watching;

/// <summary>
/// A list that scrolls with its end, until its reader scrolls up. That is decided in the browser, where the scrolling
/// happens: a round trip a scroll would come too late.
/// </summary>
public sealed partial class TailScroller : IAsyncDisposable
{
    private ElementReference _element;
    private JsModule? _module;

    /// <summary>What is listed, for a screen reader. It is not announced; the page has one live region.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>What it is to a screen reader: a <c>log</c>, or a <c>region</c> where what is listed has parts that speak for themselves.</summary>
    [Parameter]
    public string Role { get; set; } = "log";

    /// <summary>Whether it opens at its end. Read once.</summary>
    [Parameter]
    public bool StartAtEnd { get; set; } = true;

    /// <summary>The list.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _module?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Goes to the end, and stays there as things are added: its reader has just added something.</summary>
    public async Task ToEndAsync()
    {
        if (_module is { } module)
            await module.CallAsync<object>("toEnd", _element);
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        _module = new JsModule(Script, "./ui/follow-end.js");
        await _module.CallAsync<object>("attach", _element, StartAtEnd);
    }
}
