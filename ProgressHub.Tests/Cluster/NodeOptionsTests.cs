using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ProgressHub.Cluster;

namespace ProgressHub.Tests.Cluster;

/// <summary>A configuration that can't be a node's keeps the host from starting, and the message says which key it is.</summary>
public sealed class NodeOptionsTests
{
    private const string Database = "Host=127.0.0.1;Database=x";

    [Theory]
    [InlineData("Sqlite", Database, "127.0.0.1", "/files", "Storage:Provider")]
    [InlineData("Postgres", null, "127.0.0.1", "/files", "Storage:ConnectionString")]
    [InlineData("Postgres", Database, "everywhere", "/files", "Cluster:Address")]
    [InlineData("Postgres", Database, "0.0.0.0", "/files", "Cluster:Address")]
    [InlineData("Postgres", Database, "127.0.0.1", null, "Uploads:Directory")]
    [InlineData("Postgres", Database, "127.0.0.1", "/files", "Cluster:Listen", "somewhere")]
    [InlineData("Postgres", Database, "127.0.0.1", "/files", "Cluster:Listen", "127.0.0.1")]
    [InlineData("Postgres", Database, "127.0.0.1", "/files", "Cluster:Tls:Certificate", null, "/nowhere/node.key")]
    public void What_is_missing_is_said_by_its_key(
        string provider, string? database, string address, string? files, string key, string? listen = null, string? privateKey = null)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(
        [
            new("Cluster:Name", "test"), new("Cluster:Address", address), new("Storage:Provider", provider),
            new("Storage:ConnectionString", database), new("Uploads:Directory", files), new("Cluster:Listen", listen),
            new("Cluster:Tls:Key", privateKey),
        ]);

        builder.AddProgressHubCluster();

        using var services = builder.Services.BuildServiceProvider();
        var refusal = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<NodeOptions>>().Value);
        Assert.Contains(key, refusal.Message, StringComparison.Ordinal);
    }
}
