using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Connections.Security;

namespace ProgressHub.Cluster.Tls;

/// <summary>The connections between nodes, with a certificate at both ends.</summary>
internal sealed partial class NodeTls(NodeCertificate certificate, ILogger<NodeTls> logger)
{
    /// <summary>Has connections from and to other nodes secured.</summary>
    public void Secure(SiloConnectionOptions connections)
    {
        var options = new TlsOptions
        {
            LocalCertificate = certificate.Own,
            RemoteCertificateMode = RemoteCertificateMode.RequireCertificate,
            ClientCertificateMode = RemoteCertificateMode.RequireCertificate,
            RemoteCertificateValidation = IsOfAuthority,
            OnAuthenticateAsServer = (_, server) => Prepare((SslServerAuthenticationOptions)server.SslServerAuthenticationOptions),
            OnAuthenticateAsClient = (_, client) => Prepare((SslClientAuthenticationOptions)client.SslClientAuthenticationOptions),
        };
        connections.ConfigureSiloInboundConnection(connection => connection.UseServerTls(options));
        connections.ConfigureSiloOutboundConnection(connection => connection.UseClientTls(options));
    }

    // With the certificates between this node's and the authority, which Orleans' own way to choose leaves out; the two exclude each other.
    private void Prepare(SslServerAuthenticationOptions server)
    {
        (server.CertificateChainPolicy, server.ServerCertificateContext) = (certificate.NewPolicy(), NewContext());
        (server.ServerCertificate, server.ServerCertificateSelectionCallback) = (null, null);
    }

    private void Prepare(SslClientAuthenticationOptions client)
    {
        (client.CertificateChainPolicy, client.ClientCertificateContext) = (certificate.NewPolicy(), NewContext());
        (client.ClientCertificates, client.LocalCertificateSelectionCallback) = (null, null);
    }

    private SslStreamCertificateContext NewContext() => SslStreamCertificateContext.Create(certificate.Own, certificate.Between, offline: true);

    /// <summary>Nodes come and go at any address: what counts is who has signed, and no name.</summary>
    private bool IsOfAuthority(X509Certificate2 remote, X509Chain? chain, SslPolicyErrors errors)
    {
        if ((errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None
            && chain?.ChainPolicy.TrustMode == X509ChainTrustMode.CustomRootTrust)
            return true;
        LogRefused(remote.Thumbprint, chain is null ? $"{errors}" : NodeCertificate.Describe(chain));
        return false;
    }

    [LoggerMessage(
        LogLevel.Error,
        "A node is refused: its certificate, {Thumbprint}, is none of the authority in Cluster:Tls:Authority, or not of now ({Reason}).")]
    private partial void LogRefused(string thumbprint, string reason);
}
