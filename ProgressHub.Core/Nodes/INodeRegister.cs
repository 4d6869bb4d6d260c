namespace ProgressHub.Core.Nodes;

/// <summary>Tells of the servers that run the jobs of one store.</summary>
internal interface INodeRegister
{
    /// <summary>All of them, this one among them, and those that are gone since an hour at most; the youngest last.</summary>
    /// <exception cref="Jobs.StorageUnavailableException">Nobody can say now.</exception>
    ValueTask<IReadOnlyList<NodeStatus>> ListAsync(CancellationToken cancellationToken);
}
