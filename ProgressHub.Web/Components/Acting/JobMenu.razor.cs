using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Interop;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Acting;

/// <summary>
/// What can be done with a job, behind a button. What the reader may do is asked when it is opened: a list has many such
/// buttons and knows no rights.
/// </summary>
public sealed partial class JobMenu : IAsyncDisposable
{
    private readonly string _id = $"actions-{Guid.NewGuid():N}";
    private ElementReference _menu;
    private JsModule? _module;
    private JobRight _right;
    private bool _isOpen;
    private bool _isPlaced;

    /// <summary>Whether it leads to the job's own page too.</summary>
    [Parameter]
    public bool IsLinked { get; set; }

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool CanManage => _right >= JobRight.Manage;

    private JsModule Module => _module ??= new JsModule(Script, "./ui/menu.js");

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _module?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_isOpen || _isPlaced)
            return;
        _isPlaced = true;
        await Module.CallAsync<object>("place", _menu);
    }

    // The browser opens and closes it; here is only what stands in it.
    private async Task ToggledAsync()
    {
        var isOpen = await Module.CallAsync<bool?>("isOpen", _menu) ?? !_isOpen;
        if (isOpen)
            _right = await FindRightAsync();
        (_isOpen, _isPlaced) = (isOpen, false);
    }

    // While the store is down nothing can be done but look.
    private async Task<JobRight> FindRightAsync()
    {
        try
        {
            return (await Jobs.FindWithRightAsync(Job.JobId, Caller.Owner, CancellationToken.None))?.Right ?? JobRight.None;
        }
        catch (StorageUnavailableException)
        {
            return JobRight.None;
        }
    }

    private async Task CloseAsync() => await Module.CallAsync<object>("close", _menu);

    // The focus is back at the button before anything else takes it.
    private async Task ActAsync(Func<Task> act)
    {
        await CloseAsync();
        await act();
    }

    private Task AskAsync(JobDialog dialog) => ActAsync(() =>
    {
        Shown = dialog;
        return Task.CompletedTask;
    });

    private Task PinAsync() => TryAsync(async () =>
    {
        if (await Jobs.ChangeTagsAsync(Job.JobId, Caller.Owner, JobPin.Toggle(Job), CancellationToken.None) is null)
            Refusal = UiText.Of("The job is gone.");
        else
            await OnChanged.InvokeAsync();
    });

    private Task CopyIdAsync() => ActAsync(async () =>
    {
        if (await Module.CallAsync<bool>("copy", Job.JobId.ToString()))
            Snackbar.Add(UiText.Of("Copied"), Severity.Normal);
        else
            Snackbar.Add(UiText.Of("The browser does not let this page copy: {0}", Job.JobId), Severity.Warning);
    });
}
