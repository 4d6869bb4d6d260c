using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Storage;

/// <summary>What owners use, counted in a database.</summary>
internal sealed class SqlUsageStore(SqlStorage storage) : IUsageStore
{
    private readonly SqlStatement _beside = UsageStatements.BesideIn(storage.Dialect);

    public async ValueTask<IReadOnlyList<OwnerUsage>> CountAsync(
        IReadOnlyList<string> owners, DateTimeOffset now, CancellationToken cancellationToken) =>
        await storage.ReadAsync<IReadOnlyList<OwnerUsage>>(
            session => [.. owners.Select(owner => UsageStatements.Of(session, owner, now))], cancellationToken);

    public async ValueTask<OwnerUsage> CountBesideAsync(
        string owner, DateTimeOffset month, IReadOnlyCollection<JobId> but, CancellationToken cancellationToken) =>
        await storage.ReadAsync(session => UsageStatements.Beside(session, _beside, owner, month, but), cancellationToken);

    public async ValueTask<long> CountStorageAsync(string owner, CancellationToken cancellationToken) =>
        await storage.ReadAsync(session => UsageStatements.BytesOf(session, owner), cancellationToken);
}
