using System.ComponentModel.DataAnnotations;
using System.Net;

namespace ProgressHub.Cluster;

/// <summary>How this node takes part among several. Configuration section <c>Cluster</c>.</summary>
public sealed class NodeOptions
{
    /// <summary>The name of the configuration section.</summary>
    public const string Section = "Cluster";

    /// <summary>The name that all nodes of one cluster have in common; null where this server is the only one.</summary>
    [RegularExpression("^[a-z0-9][a-z0-9-]{0,62}$")]
    public string? Name { get; set; }

    /// <summary>
    /// The IP address at which the other nodes reach this one. Without <see cref="Tls.NodeTlsOptions"/> it has no sign-in: it belongs into
    /// a network of the nodes' own.
    /// </summary>
    public string Address { get; set; } = IPAddress.Loopback.ToString();

    /// <summary>The port at which the other nodes reach this one.</summary>
    [Range(1, 65535)]
    public int SiloPort { get; set; } = 11111;

    /// <summary>
    /// The IP address and port at which this node listens for the others, where they reach it by another: that of a container, behind a
    /// port of its host. Null where it is the same.
    /// </summary>
    public string? Listen { get; set; }
}
