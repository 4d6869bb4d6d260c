namespace ProgressHub.Core.Nodes;

/// <summary>The servers that run the jobs of one store, this one among them.</summary>
internal interface INodes
{
    /// <summary>The name of this node in the store; another one after every start.</summary>
    string Self { get; }

    /// <summary>Whether others may use the same store now.</summary>
    bool AreSeveral { get; }

    /// <summary>
    /// Whether this node may begin jobs now. Not where it can't know that it is still one: the others may hold it for dead and have
    /// taken its jobs.
    /// </summary>
    bool MayBegin { get; }

    /// <summary>Learns who the others are now. Of a name that was in the store before, <see cref="IsMember"/> then knows for certain.</summary>
    Task RefreshAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Whether a node of that name may be running the jobs it has claimed. Where it is not, nobody does, and they may be given
    /// to others.
    /// </summary>
    /// <param name="node">A name out of the store; null where the store does not say.</param>
    bool IsMember(string? node);

    /// <summary>
    /// Whether it is this node, of all that work, that looks after what goes by a key. While nodes come and go, two may say so, or
    /// none for an instant.
    /// </summary>
    bool Owns(string key);

    /// <summary>Tells the others that a job waits. A hint: they look by themselves as well.</summary>
    void Wake();
}
