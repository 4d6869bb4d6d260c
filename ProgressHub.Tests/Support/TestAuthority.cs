using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ProgressHub.Tests.Support;

/// <summary>An authority of a test's own, and what it has signed, as files in a folder of its own.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly OidCollection BothUses = [new("1.3.6.1.5.5.7.3.1"), new("1.3.6.1.5.5.7.3.2")];

    private readonly string _folder = Directory.CreateTempSubdirectory("progresshub-tls-").FullName;
    private readonly X509Certificate2 _root;

    public TestAuthority(string name = "Nodes")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        var now = TimeProvider.System.GetUtcNow();
        _root = request.CreateSelfSigned(now.AddDays(-30), now.AddDays(30));
        File = Write("authority.pem", _root.ExportCertificatePem());
    }

    /// <summary>Its own certificate.</summary>
    public string File { get; }

    /// <summary>Signs for a node; returns the settings by which one uses that.</summary>
    /// <param name="node">Its name, which does not count.</param>
    /// <param name="isOver">Whether the time of it is over.</param>
    /// <param name="uses">What it may be used for; server and client where it is not given.</param>
    /// <returns>Settings of a node.</returns>
    public (string Key, string Value)[] Sign(string node, bool isOver = false, OidCollection? uses = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={node}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(uses ?? BothUses, false));
        var now = TimeProvider.System.GetUtcNow();
        using var signed = request.Create(_root, now.AddDays(-2), now.AddDays(isOver ? -1 : 1), RandomNumberGenerator.GetBytes(8));
        return
        [
            ("Cluster:Tls:Certificate", Write($"{node}.pem", signed.ExportCertificatePem())),
            ("Cluster:Tls:Key", Write($"{node}.key", key.ExportPkcs8PrivateKeyPem())),
            ("Cluster:Tls:Authority", File),
        ];
    }

    public void Dispose()
    {
        _root.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
