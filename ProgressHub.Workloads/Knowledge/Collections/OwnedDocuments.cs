using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Knowledge.Collections;

/// <summary>What the documents of somebody's collections take: their texts, and a vector for each passage.</summary>
internal sealed class OwnedDocuments(KnowledgeDatabase database) : IOwnedStorage
{
    public async ValueTask<long> CountBytesAsync(string owner, CancellationToken cancellationToken) =>
        await database.Collections.CountBytesAsync(owner, cancellationToken);
}
