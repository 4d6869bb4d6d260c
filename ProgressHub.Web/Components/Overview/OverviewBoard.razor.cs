using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Components.Listing;

namespace ProgressHub.Web.Components.Overview;

/// <summary>What goes on: the jobs under way, how many wait and failed, how busy the server was.</summary>
public sealed partial class OverviewBoard
{
    private static readonly JobListFilter Open = new(State: JobListFilter.Active);
    private static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(10);

    private StateCounts? _counts;
    private RecentActivity? _activity;
    private bool _moved = true;

    [Inject]
    private JobService Jobs { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        _counts?.Dispose();
        await base.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _counts = new StateCounts(Jobs, Time, () => new JobQuery { Owner = Caller.Owner }, Changed);
        Follow(CountAsync);
        await _counts.CountAsync();
    }

    private void Moved()
    {
        _moved = true;
        _counts?.CountSoon();
    }

    // The last day is counted anew only where something has happened.
    private async Task CountAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_moved)
            {
                _moved = false;
                try
                {
                    _activity = await ActivityReader.ReadAsync(Jobs, Caller.Owner, Time.GetUtcNow(), cancellationToken);
                    Changed();
                }
                catch (StorageUnavailableException)
                {
                    _moved = true;
                }
            }

            await Task.Delay(CountEvery, Time, cancellationToken);
        }
    }
}
