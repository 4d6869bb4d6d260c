using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Listing;

/// <summary>Does one thing with all selected jobs that it can be done with, and says with how many it was.</summary>
public sealed partial class BulkActions : IDisposable
{
    /// <summary>The jobs.</summary>
    [Parameter, EditorRequired]
    public JobSelection Selection { get; set; } = null!;

    /// <summary>Jobs have gone, or have changed in a way that no event tells of.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    [Inject]
    private PendingDeletions Deletions { get; set; } = null!;

    private ElementReference _field;
    private bool _isNaming;
    private bool _focuses;
    private string _tag = "";

    /// <inheritdoc/>
    public void Dispose() => Selection.Changed -= StateHasChanged;

    /// <inheritdoc/>
    protected override void OnInitialized() => Selection.Changed += StateHasChanged;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_focuses)
            return;
        _focuses = false;
        await _field.FocusAsync();
    }

    private Task CancelAsync() => EachAsync(UiText.Key("{0} of {1} canceled."), async job =>
    {
        if (await Jobs.FindAsync(job, Caller.Owner, CancellationToken.None) is not { IsFinal: false })
            return false;
        await Jobs.CancelAsync(job, Caller.Owner, CancellationToken.None);
        return true;
    });

    private Task RetryAsync() => EachAsync(UiText.Key("{0} of {1} submitted again."), async job =>
        await Jobs.FindAsync(job, Caller.Owner, CancellationToken.None) is { IsFinal: true }
        && await RetryAsync(job, RetryScope.All) is not null);

    private void Begin() => (_isNaming, _focuses, _tag) = (true, true, "");

    private async Task TagAsync(bool adds)
    {
        if (string.IsNullOrWhiteSpace(_tag))
            return;
        var change = adds ? new TagChange([_tag], []) : new TagChange([], [_tag]);
        await EachAsync(
            adds ? UiText.Key("{0} of {1} tagged.") : UiText.Key("The tag is gone from {0} of {1}."),
            async job => await Jobs.ChangeTagsAsync(job, Caller.Owner, change, CancellationToken.None) is not null);
        _isNaming = Refusal is not null;
        await OnChanged.InvokeAsync();
    }

    // No question before it, but a while in which it can be taken back.
    private Task DeleteAsync() => TryAsync(async () =>
    {
        JobId[] chosen = [.. Selection.Jobs];
        List<JobId> ended = [];
        foreach (var job in chosen)
        {
            if (await Jobs.FindAsync(job, Caller.Owner, CancellationToken.None) is { IsFinal: true })
                ended.Add(job);
        }

        Selection.Set([]);
        if (ended.Count == 0)
        {
            Snackbar.Add(UiText.Of("None of these has ended; cancel them first."), Severity.Info);
            return;
        }

        _ = DeleteSoonAsync(ended, chosen.Length);
    });

    // Of its own: the toolbar goes with the selection.
    private async Task DeleteSoonAsync(List<JobId> ended, int chosen)
    {
        using var undo = new CancellationTokenSource();
        var told = Snackbar.Add(UiText.Of("{0} of {1} will be deleted.", ended.Count, chosen), Severity.Info, options =>
        {
            options.Action = UiText.Of("Undo");
            options.VisibleStateDuration = (int)PendingDeletions.Grace.TotalMilliseconds;
            options.OnClick = async _ => await undo.CancelAsync();
        });
        try
        {
            if (await Deletions.DeleteAsync(ended, undo.Token) is { } deleted)
                Snackbar.Add(UiText.Of("{0} of {1} deleted.", deleted, ended.Count), Severity.Normal);
            else
                Snackbar.Add(UiText.Of("Nothing was deleted."), Severity.Normal);
        }
        catch (StorageUnavailableException)
        {
            Snackbar.Add(StoreIsDown, Severity.Error);
        }

        if (told is not null)
            Snackbar.Remove(told);
        await OnChanged.InvokeAsync();
    }

    private Task EachAsync(string done, Func<JobId, Task<bool>> act) => TryAsync(async () =>
    {
        JobId[] jobs = [.. Selection.Jobs];
        var acted = 0;
        try
        {
            foreach (var job in jobs)
                acted += await act(job) ? 1 : 0;
        }
        finally
        {
            Snackbar.Add(UiText.Of(done, acted, jobs.Length), acted == jobs.Length ? Severity.Success : Severity.Info);
        }

        Selection.Set([]);
    });
}
