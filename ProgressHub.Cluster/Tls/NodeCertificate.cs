using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ProgressHub.Cluster.Tls;

/// <summary>By what a node shows the others that it is one of them, and by what it sees that they are.</summary>
internal sealed class NodeCertificate
{
    // RFC 5280, section 4.2.1.12.
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2Collection _authority;

    private NodeCertificate(X509Certificate2 own, X509Certificate2Collection between, X509Certificate2Collection authority) =>
        (Own, Between, _authority) = (own, between, authority);

    /// <summary>This node's, with its key.</summary>
    public X509Certificate2 Own { get; }

    /// <summary>Those between it and the authority.</summary>
    public X509Certificate2Collection Between { get; }

    /// <summary>How the certificate of another node is checked. It is the caller's alone: a check changes it.</summary>
    public X509ChainPolicy NewPolicy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(_authority);
        return policy;
    }

    /// <summary>Reads the files.</summary>
    /// <exception cref="InvalidDataException">One can't be used; the message names its key and says why.</exception>
    public static NodeCertificate Read(NodeTlsOptions options)
    {
        var certificates = ReadAll(nameof(NodeTlsOptions.Certificate), options.Certificate);
        var own = Read(nameof(NodeTlsOptions.Key), options.Key, key => WithKey(options.Certificate!, key));
        var authority = ReadAll(nameof(NodeTlsOptions.Authority), options.Authority);
        certificates.RemoveAt(0);
        var certificate = new NodeCertificate(own, certificates, authority);
        return certificate.FindProblem() is { } problem ? throw Bad(nameof(NodeTlsOptions.Certificate), problem) : certificate;
    }

    private static X509Certificate2Collection ReadAll(string key, string? path) => Read(key, path, static path =>
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(path);
        return all.Count > 0 ? all : throw new CryptographicException("It has no certificate.");
    });

    private static T Read<T>(string key, string? path, Func<string, T> read)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw Bad(key, "it is missing; Cluster:Tls needs Certificate, Key and Authority, all three.");
        try
        {
            return read(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw Bad(key, $"'{path}' can't be used: {failure.Message}");
        }
    }

    private static X509Certificate2 WithKey(string certificate, string key)
    {
        var read = X509Certificate2.CreateFromPemFile(certificate, key);

        // Windows' TLS takes no key that is nowhere but in memory.
        return OperatingSystem.IsWindows() ? X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null) : read;
    }

    private static InvalidDataException Bad(string key, string problem) => new($"{NodeTlsOptions.Section}:{key}: {problem}");

    /// <summary>Why the others would refuse this node's certificate; null where they would not.</summary>
    private string? FindProblem()
    {
        if (Own.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault() is { } uses
            && !(Has(uses, ServerUse) && Has(uses, ClientUse)))
            return "it is to be good for both server and client authentication (extended key usage).";
        using var chain = new X509Chain { ChainPolicy = NewPolicy() };
        chain.ChainPolicy.ExtraStore.AddRange(Between);
        return chain.Build(Own)
            ? null
            : $"it is none of the authority in {NodeTlsOptions.Section}:{nameof(NodeTlsOptions.Authority)}, or not of now ({Describe(chain)}).";
    }

    /// <summary>What is wrong with a chain of certificates, such as <c>UntrustedRoot</c>.</summary>
    public static string Describe(X509Chain chain) => string.Join(", ", chain.ChainStatus.Select(static status => status.Status).Distinct());

    private static bool Has(X509EnhancedKeyUsageExtension uses, string use) =>
        uses.EnhancedKeyUsages.Cast<Oid>().Any(oid => oid.Value == use);
}
