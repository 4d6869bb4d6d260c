using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Analysis.Sessions;

/// <summary>
/// What the tables of somebody's sessions take: the copies of their files, and the tables as they were read. A file that
/// several owners sent is kept once, and counts for each of them; the server's samples count for nobody.
/// </summary>
internal sealed class OwnedTables(TableRows rows) : IOwnedStorage
{
    public async ValueTask<long> CountBytesAsync(string owner, CancellationToken cancellationToken) =>
        await rows.CountBytesAsync(owner, cancellationToken);
}
