namespace ProgressHub.Core.Schedules;

/// <summary>Says whether an owner may still have jobs submitted while they are not there.</summary>
internal interface IScheduleOwners
{
    /// <summary>Whether the owner's schedules go on now.</summary>
    ValueTask<bool> AreActiveAsync(string owner, CancellationToken cancellationToken);
}
