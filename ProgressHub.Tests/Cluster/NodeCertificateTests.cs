using System.Security.Cryptography;
using ProgressHub.Cluster.Tls;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Cluster;

/// <summary>Files of certificates that can't be used keep a node from starting, and the message says which it is and why.</summary>
public sealed class NodeCertificateTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public void Files_of_one_authority_are_taken()
    {
        var read = NodeCertificate.Read(Options(_authority.Sign("a")));

        Assert.True(read.Own.HasPrivateKey);
        Assert.Equal("CN=a", read.Own.Subject);
    }

    [Theory]
    [InlineData("Certificate", null, "is missing")]
    [InlineData("Key", null, "is missing")]
    [InlineData("Authority", null, "is missing")]
    [InlineData("Certificate", "/nowhere/node.pem", "/nowhere/node.pem")]
    [InlineData("Key", "/nowhere/node.key", "/nowhere/node.key")]
    [InlineData("Authority", "/nowhere/authority.pem", "/nowhere/authority.pem")]
    public void A_file_that_is_not_there_is_named(string key, string? path, string said) => AssertRefused(key, path, said);

    [Fact]
    public void A_file_without_a_certificate_or_of_another_key_is_named()
    {
        var another = Options(_authority.Sign("another"));

        AssertRefused("Authority", another.Key, "no certificate");
        AssertRefused("Certificate", another.Key, "no certificate");
        AssertRefused("Key", another.Key, another.Key!);
        AssertRefused("Key", another.Authority, another.Authority!);
    }

    [Fact]
    public void A_certificate_that_the_others_would_refuse_is_refused_at_start()
    {
        using var other = new TestAuthority("Others");

        Assert.Contains("none of the authority", Refuse(Options([.. _authority.Sign("a")[..2], other.Sign("a")[2]])), StringComparison.Ordinal);
        Assert.Contains("NotTimeValid", Refuse(Options(_authority.Sign("b", isOver: true))), StringComparison.Ordinal);
        Assert.Contains("client", Refuse(Options(_authority.Sign("c", uses: [new Oid("1.3.6.1.5.5.7.3.1")]))), StringComparison.Ordinal);
    }

    private void AssertRefused(string key, string? path, string said)
    {
        var options = Options(_authority.Sign("a"));
        typeof(NodeTlsOptions).GetProperty(key)!.SetValue(options, path);

        var refusal = Refuse(options);

        Assert.StartsWith($"Cluster:Tls:{key}: ", refusal, StringComparison.Ordinal);
        Assert.Contains(said, refusal, StringComparison.Ordinal);
    }

    private static string Refuse(NodeTlsOptions options) => Assert.Throws<InvalidDataException>(() => NodeCertificate.Read(options)).Message;

    private static NodeTlsOptions Options((string Key, string Value)[] settings) =>
        new() { Certificate = settings[0].Value, Key = settings[1].Value, Authority = settings[2].Value };
}
