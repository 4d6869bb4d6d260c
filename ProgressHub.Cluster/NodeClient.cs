using Orleans.Runtime.Services;

namespace ProgressHub.Cluster;

/// <summary>Reaches the service of another node.</summary>
internal sealed class NodeClient(IServiceProvider services) : GrainServiceClient<INodeService>(services)
{
    /// <summary>The service of one node.</summary>
    public INodeService At(SiloAddress node) => GetGrainService(node);
}
