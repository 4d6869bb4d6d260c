using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Support;

/// <summary>How far the logs are.</summary>
internal sealed partial class InMemoryStore
{
    public ValueTask<IReadOnlyDictionary<JobId, long>> ReadEndsAsync(IReadOnlyList<JobId> jobs, CancellationToken cancellationToken) =>
        Locked<IReadOnlyDictionary<JobId, long>>(() => jobs.Distinct().Where(_rows.ContainsKey).ToDictionary(id => id, id => _rows[id].Snapshot.Seq));

    public ValueTask<IReadOnlyDictionary<JobId, long>> ReadRecentEndsAsync(string owner, DateTimeOffset since, CancellationToken cancellationToken) =>
        Locked<IReadOnlyDictionary<JobId, long>>(() => _rows.Values
            .Where(row => row.Job.Owner == owner && (row.Job.FinishedAt ?? (row.Job.State == JobState.Queued ? row.Job.CreatedAt : since)) >= since)
            .ToDictionary(row => row.Job.Id, row => row.Snapshot.Seq));
}
