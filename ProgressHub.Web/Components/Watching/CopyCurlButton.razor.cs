using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Components.Interop;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Watching;

/// <summary>Gives the command that follows the job in a terminal.</summary>
public sealed partial class CopyCurlButton : IAsyncDisposable
{
    private static readonly string Local = new LocalCaller().Owner;

    private JsModule? _module;
    private bool _copied;
    private bool _refused;

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobId JobId { get; set; }

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string Text => _copied ? UiText.Of("Copied") : UiText.Of("Copy as curl");

    // Where there is sign-in the reader puts their own token in; it is never shown.
    private string Command =>
        $"curl -N -H 'Accept: text/event-stream' {(Caller.Name is null && Caller.Owner == Local ? "" : "-H \"Authorization: Bearer $TOKEN\" ")}"
        + $"'{Navigation.BaseUri}api/jobs/{JobId}/events?after=0'";

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _module?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task CopyAsync()
    {
        _module ??= new JsModule(Script, "./ui/clipboard.js");
        _copied = await _module.CallAsync<bool>("copy", Command);
        _refused = !_copied;
    }
}
