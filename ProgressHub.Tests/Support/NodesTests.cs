namespace ProgressHub.Tests.Support;

/// <summary>Tests that share three nodes; each begins with all of them up.</summary>
[CollectionDefinition(Name)]
public sealed class NodesTests : ICollectionFixture<ClusterNodes>
{
    public const string Name = "Nodes";
}
