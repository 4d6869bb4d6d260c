using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Knowledge.Collections;

/// <summary>One collection that documents are taken into.</summary>
internal sealed class CollectionWriter(CollectionRecord row, KnowledgeDatabase database, OpenCollections open, IStorageAllowance? allowance)
{
    private const int BytesOfNumber = sizeof(float);

    public string Id => row.Id;

    /// <summary>The documents that are there, by id.</summary>
    public Task<Dictionary<string, KeptDocument>> ReadKeptAsync(CancellationToken cancellationToken) =>
        database.Documents.ReadKeptAsync(row.Id, cancellationToken);

    /// <summary>Refuses documents for which their owner has no room.</summary>
    /// <param name="bytes">How many bytes of text there will be more.</param>
    /// <param name="passages">How many passages.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="WorkloadException"><c>quota_storage</c>.</exception>
    public ValueTask RequireRoomAsync(long bytes, long passages, CancellationToken cancellationToken)
    {
        var more = bytes + (passages * BytesOfNumber * (row.Dimensions ?? 0));
        return allowance is null || more <= 0 ? ValueTask.CompletedTask : allowance.RequireRoomAsync(row.Owner, more, cancellationToken);
    }

    /// <summary>How many passages it has.</summary>
    public async Task<long> CountPassagesAsync(CancellationToken cancellationToken) =>
        (await database.Collections.CountAsync(row.Id, cancellationToken)).Passages;

    /// <summary>Whether it is open: what is written is found at once then, and else once it is opened.</summary>
    public bool IsOpen => open.IsOpen(row.Id);

    /// <inheritdoc cref="OpenCollections.ReplaceAsync"/>
    /// <exception cref="WorkloadException"><c>collection_not_found</c>: it was deleted meanwhile.</exception>
    public Task ReplaceAsync(
        IReadOnlyList<DocumentWrite> documents, IReadOnlyList<float[]> vectors, Action<double> progress, CancellationToken cancellationToken) =>
        open.ReplaceAsync(row, documents, vectors, progress, cancellationToken);

    /// <summary>The collection as it is searched.</summary>
    /// <param name="progress">Hears how many of its passages are read, where they have to be.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<StoredCollection> OpenAsync(Action<long> progress, CancellationToken cancellationToken) => open.OpenAsync(row, progress, cancellationToken);
}
