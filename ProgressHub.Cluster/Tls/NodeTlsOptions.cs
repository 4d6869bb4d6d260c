namespace ProgressHub.Cluster.Tls;

/// <summary>
/// How nodes know one another and keep what they say from others: TLS with a certificate at both ends. All three files are named, or
/// none is. They are read at start. Configuration section <c>Cluster:Tls</c>.
/// </summary>
public sealed class NodeTlsOptions
{
    /// <summary>The name of the configuration section.</summary>
    public const string Section = "Cluster:Tls";

    /// <summary>
    /// The file (PEM) of this node's certificate, with those between it and the authority after it where there are some. Where it names
    /// what it may be used for, that is both server and client authentication.
    /// </summary>
    public string? Certificate { get; set; }

    /// <summary>The file (PEM, not encrypted) of that certificate's private key.</summary>
    public string? Key { get; set; }

    /// <summary>
    /// The file (PEM) of the root certificates whose holders are nodes. The names in a node's certificate do not count: whoever has one
    /// of this authority is a node, so it is to be one of the cluster's own. Two, while one is replaced by another.
    /// </summary>
    public string? Authority { get; set; }

    internal bool IsUsed => Certificate is not null || Key is not null || Authority is not null;
}
