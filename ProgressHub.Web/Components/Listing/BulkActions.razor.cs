using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Web.Components.Listing;

/// <summary>Does one thing with all selected jobs that it can be done with, and says with how many it was.</summary>
public sealed partial class BulkActions : IDisposable
{
    private bool _deleting;

    /// <summary>The jobs.</summary>
    [Parameter, EditorRequired]
    public JobSelection Selection { get; set; } = null!;

    /// <summary>Jobs have gone.</summary>
    [Parameter]
    public EventCallback OnDeleted { get; set; }

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose() => Selection.Changed -= StateHasChanged;

    /// <inheritdoc/>
    protected override void OnInitialized() => Selection.Changed += StateHasChanged;

    private Task CancelAsync() => EachAsync("canceled", async job =>
    {
        if (await Jobs.FindAsync(job, Caller.Owner, CancellationToken.None) is not { IsFinal: false })
            return false;
        await Jobs.CancelAsync(job, Caller.Owner, CancellationToken.None);
        return true;
    });

    private Task RetryAsync() => EachAsync("submitted again", async job =>
        await Jobs.FindAsync(job, Caller.Owner, CancellationToken.None) is { IsFinal: true }
        && await RetryAsync(job, RetryScope.All) is not null);

    private async Task DeleteAsync()
    {
        await EachAsync("deleted", async job =>
            await Jobs.FindAsync(job, Caller.Owner, CancellationToken.None) is { IsFinal: true }
            && await Jobs.DeleteAsync(job, Caller.Owner, CancellationToken.None));
        _deleting = false;
        await OnDeleted.InvokeAsync();
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
            Snackbar.Add($"{acted} of {jobs.Length} {done}.", acted == jobs.Length ? Severity.Success : Severity.Info);
        }

        Selection.Set([]);
    });
}
