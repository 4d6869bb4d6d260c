using ProgressHub.Core.Nodes;

namespace ProgressHub.Tests.Support;

/// <summary>One of several nodes that looks after what is chosen.</summary>
internal sealed class OwningNode(Func<string, bool> owns) : INodes
{
    public string Self => "here";

    public bool AreSeveral => true;

    public bool MayBegin => true;

    public Task RefreshAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public bool IsMember(string? node) => node == Self;

    public bool Owns(string key) => owns(key);

    public void Wake()
    {
        // There is nobody to wake.
    }
}
