using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Schedules;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Components.Hosting;

namespace ProgressHub.Web.Components.Schedules;

/// <summary>The reader's schedules: when they are due, and what came of them. Read anew every few seconds.</summary>
public sealed partial class ScheduleBoard
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private IReadOnlyList<Schedule>? _schedules;

    [Inject]
    private ScheduleService Schedules { get; set; } = null!;

    [Inject]
    private WorkloadCatalog Workloads { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        ReadAgain();
    }

    private void ReadAgain() => Follow(FollowAsync);

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                _schedules = await Schedules.ListAsync(Caller.Owner, cancellationToken);
                Changed();
            }
            catch (StorageUnavailableException)
            {
                // What is shown stays; the next look reads it anew.
            }

            await Task.Delay(Pause, Time, cancellationToken);
        }
    }
}
