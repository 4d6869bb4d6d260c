using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Interop;
using ProgressHub.Web.Components.Shared;

namespace ProgressHub.Web.Components.Watching;

/// <summary>Shows in the browser's tab how far the job is, and how it ended.</summary>
public sealed partial class TabIcon : IAsyncDisposable
{
    private JsModule? _module;
    private (int Percent, string Tone)? _shown;

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobSnapshot Job { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    private string Tone => Job switch
    {
        { Outcome: JobOutcomes.NoAnswer } => "still",
        { State: JobState.Succeeded } => "succeeded",
        { State: JobState.Failed } => "failed",
        { State: JobState.WaitingForInput } or { Stalled: true, IsFinal: false } => "waiting",
        { State: JobState.Running } => "running",
        _ => "still",
    };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_module is not { } module)
            return;
        await module.CallAsync<object>("reset");
        await module.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_shown == (Job.Percent(), Tone))
            return;
        _shown = (Job.Percent(), Tone);
        _module ??= new JsModule(Script, "./ui/favicon.js");
        await _module.CallAsync<object>("show", _shown.Value.Percent, _shown.Value.Tone);
    }
}
