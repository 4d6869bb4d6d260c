namespace ProgressHub.Core.Schedules;

/// <summary>Where there are no accounts, everybody's schedules go on.</summary>
internal sealed class EveryOwner : IScheduleOwners
{
    /// <inheritdoc/>
    public ValueTask<bool> AreActiveAsync(string owner, CancellationToken cancellationToken) => new(true);
}
