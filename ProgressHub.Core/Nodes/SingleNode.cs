namespace ProgressHub.Core.Nodes;

/// <summary>A server that has its store to itself: whatever stands as claimed when it starts, an earlier run of it has left.</summary>
internal sealed class SingleNode : INodes
{
    /// <inheritdoc/>
    public string Self { get; } = $"{Environment.MachineName}-{Environment.ProcessId}";

    /// <inheritdoc/>
    public bool AreSeveral => false;

    /// <inheritdoc/>
    public bool MayBegin => true;

    /// <inheritdoc/>
    public Task RefreshAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Nobody is: in a container, every run has the same name.</summary>
    public bool IsMember(string? node) => false;

    /// <inheritdoc/>
    public bool Owns(string key) => true;

    /// <inheritdoc/>
    public void Wake()
    {
        // There is nobody to wake.
    }
}
