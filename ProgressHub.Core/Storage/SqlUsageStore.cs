using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Storage;

/// <summary>What owners use, counted in a database.</summary>
internal sealed class SqlUsageStore(SqlStorage storage) : IUsageStore
{
    public async ValueTask<IReadOnlyList<OwnerUsage>> CountAsync(
        IReadOnlyList<string> owners, DateTimeOffset now, CancellationToken cancellationToken) =>
        await storage.ReadAsync<IReadOnlyList<OwnerUsage>>(
            session => [.. owners.Select(owner => UsageStatements.Of(session, owner, now))], cancellationToken);

    public async ValueTask<OwnerUsage> CountBesideAsync(Job job, CancellationToken cancellationToken) =>
        await storage.ReadAsync(session => UsageStatements.OfOthers(session, job), cancellationToken);

    public async ValueTask<long> CountStorageAsync(string owner, CancellationToken cancellationToken) =>
        await storage.ReadAsync(session => UsageStatements.BytesOf(session, owner), cancellationToken);
}
