namespace ProgressHub.Workloads.Knowledge.Vectors;

/// <summary>A Qdrant server; where an endpoint is set, all vectors are kept there.</summary>
public sealed class QdrantOptions
{
    /// <summary>Where these options live in the configuration.</summary>
    public const string Section = "Knowledge:Qdrant";

    private const int RestPort = 6333;
    private const int GrpcPort = 6334;

    /// <summary>
    /// Its gRPC address, such as <c>http://localhost:6334</c>; <c>https</c> for TLS; missing for the embedded store. The
    /// port of its REST API, 6333, which earlier releases asked for, stands for 6334.
    /// </summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Its key, where it asks for one.</summary>
    public string? ApiKey { get; set; }

    /// <summary>What the names of our collections there begin with; the collection's id and its dimensions follow.</summary>
    public string CollectionPrefix { get; set; } = "progresshub_";

    internal bool HasValidEndpoint => Endpoint is null or { IsAbsoluteUri: true, Scheme: "http" or "https" };

    /// <summary>Where its gRPC is.</summary>
    internal Uri GrpcAddress => new UriBuilder(Endpoint!)
    {
        Port = Endpoint!.Port == RestPort ? GrpcPort : Endpoint.Port, Path = "", Query = "", Fragment = "",
    }.Uri;
}
