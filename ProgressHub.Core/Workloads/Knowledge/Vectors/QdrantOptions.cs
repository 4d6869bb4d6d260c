namespace ProgressHub.Core.Workloads.Knowledge.Vectors;

/// <summary>A Qdrant server; where an endpoint is set, all vectors are kept there.</summary>
public sealed class QdrantOptions
{
    /// <summary>Where these options live in the configuration.</summary>
    public const string Section = "Knowledge:Qdrant";

    /// <summary>Its REST address, such as <c>http://localhost:6333</c>; missing for the embedded store.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Its key, where it asks for one.</summary>
    public string? ApiKey { get; set; }

    /// <summary>What the names of our collections there begin with; the dimensions follow.</summary>
    public string CollectionPrefix { get; set; } = "progresshub_";

    internal bool HasValidEndpoint => Endpoint is null or { IsAbsoluteUri: true, Scheme: "http" or "https" };
}
