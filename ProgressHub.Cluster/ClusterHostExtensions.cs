using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using ProgressHub.Cluster.Tls;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Nodes;
using ProgressHub.Core.Storage;

namespace ProgressHub.Cluster;

/// <summary>Makes a host one of several nodes.</summary>
public static class ClusterHostExtensions
{
    private const string Service = "progresshub";

    /// <summary>
    /// Makes this server one of the nodes that share a PostgreSQL, where the configuration names a cluster
    /// (<c>Cluster:Name</c>); else changes nothing and loads nothing. Where the configuration can't be one of a node, the host does not
    /// start and says why. Call it before <c>AddProgressHub</c>: what is added first
    /// stops last, and the nodes still talk while jobs are put back.
    /// </summary>
    public static IHostApplicationBuilder AddProgressHubCluster(this IHostApplicationBuilder builder)
    {
        if (IsNode(builder))
            Add(builder);
        return builder;
    }

    /// <summary>Adds what a node does for the others while it runs. Call it after <c>AddProgressHub</c>.</summary>
    public static IHostApplicationBuilder AddProgressHubClusterDuties(this IHostApplicationBuilder builder)
    {
        if (IsNode(builder))
            AddDuties(builder.Services);
        return builder;
    }

    private static bool IsNode(IHostApplicationBuilder builder) =>
        !string.IsNullOrEmpty(builder.Configuration[$"{NodeOptions.Section}:{nameof(NodeOptions.Name)}"]);

    // Methods of their own, so that nothing of Orleans is loaded where they do not run.
    private static void AddDuties(IServiceCollection services)
    {
        if (services.All(static service => service.ServiceType != typeof(ClusterDuties)))
            return;
        services.AddHostedService(static provider => provider.GetRequiredService<ClusterDuties>());
        services.AddHostedService<LoadReport>();
    }

    private static void Add(IHostApplicationBuilder builder)
    {
        var node = builder.Configuration.GetSection(NodeOptions.Section).Get<NodeOptions>()!;
        var storage = builder.Configuration.GetSection(StorageOptions.Section).Get<StorageOptions>() ?? new StorageOptions();
        var checks = builder.Services.AddOptionsWithValidateOnStart<NodeOptions>()
            .BindConfiguration(NodeOptions.Section).ValidateDataAnnotations();
        NodeCertificate? certificate = null;
        if ((FindProblem(node, storage, builder.Configuration) ?? TryReadCertificate(builder.Configuration, out certificate)) is { } problem)
        {
            checks.Validate(static _ => false, problem);
            return;
        }

        var self = new IPEndPoint(IPAddress.Parse(node.Address), node.SiloPort);
        var database = new ClusterDatabase(storage.ConnectionString!, self);
        builder.Services.PostConfigure<StorageOptions>(options => (options.IsShared, options.ConnectionString) = (true, database.OfJobs));
        builder.UseOrleans(silo =>
        {
            Configure(silo, node, self, database);
            if (certificate is not null)
                Secure(silo.Services, certificate);
        });
        AddNode(builder.Services);

        // Of what they do all the time, they tell too much.
        builder.Logging.AddFilter("Orleans", LogLevel.Warning).AddFilter(typeof(NodeService).FullName, LogLevel.Warning);
    }

    private static string? FindProblem(NodeOptions node, StorageOptions storage, IConfiguration configuration)
    {
        if (storage.Provider != StorageProvider.Postgres || string.IsNullOrWhiteSpace(storage.ConnectionString))
            return "Cluster:Name: several nodes need Storage:Provider=Postgres and Storage:ConnectionString, the same for all.";
        if (!IPAddress.TryParse(node.Address, out var address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            return "Cluster:Address is to be the IP address at which the other nodes reach this one.";
        if (node.Listen is { } listen && (!IPEndPoint.TryParse(listen, out var at) || at.Port == 0))
            return "Cluster:Listen is to be an IP address with a port, such as 0.0.0.0:11111.";
        return string.IsNullOrWhiteSpace(configuration["Uploads:Directory"])
            ? "Uploads:Directory: several nodes need a folder of files that all of them see, such as a shared volume."
            : null;
    }

    private static string? TryReadCertificate(IConfiguration configuration, out NodeCertificate? certificate)
    {
        certificate = null;
        if (configuration.GetSection(NodeTlsOptions.Section).Get<NodeTlsOptions>() is not { IsUsed: true } files)
            return null;
        try
        {
            certificate = NodeCertificate.Read(files);
            return null;
        }
        catch (InvalidDataException bad)
        {
            return bad.Message;
        }
    }

    private static void Secure(IServiceCollection services, NodeCertificate certificate)
    {
        services.AddSingleton(certificate).AddSingleton<NodeTls>();
        services.AddOptions<SiloConnectionOptions>().Configure<NodeTls>(static (connections, tls) => tls.Secure(connections));
    }

    private static void Configure(ISiloBuilder silo, NodeOptions node, IPEndPoint self, ClusterDatabase database)
    {
        silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (node.Name!, Service));
        silo.Configure<EndpointOptions>(options =>
        {
            (options.AdvertisedIPAddress, options.SiloPort, options.GatewayPort) = (self.Address, self.Port, 0);
            options.SiloListeningEndpoint = node.Listen is { } listen ? IPEndPoint.Parse(listen) : self;
        });
        silo.Configure<ClusterMembershipOptions>(options =>
        {
            // By default a node that is frozen is declared dead after a minute: no vote counts while its connection has had traffic
            // within MaxProbeTimeout x NumMissedProbesLimit, and that is four times as long as one waits for an answer.
            options.ProbeTimeout = options.MaxProbeTimeout = TimeSpan.FromSeconds(3);
            options.NumMissedProbesLimit = 3;
            options.TableRefreshTimeout = TimeSpan.FromSeconds(10);

            // After all are killed and started at other addresses, joining waits for three times this.
            options.IAmAliveTablePublishTimeout = Heartbeat.Interval;
            options.DefunctSiloExpiration = TimeSpan.FromDays(1);
        });
        silo.Services.AddSingleton(_ => database);
        silo.Services.AddSingleton<Heartbeat>();
        silo.Services.AddSingleton<PostgresMembership>();
        silo.Services.AddSingleton<IMembershipTable>(static services => services.GetRequiredService<PostgresMembership>());
        silo.Services.AddSingleton<NodeEnd>();
        silo.Services.AddSingleton<IFatalErrorHandler>(static services => services.GetRequiredService<NodeEnd>());
        silo.AddGrainService<NodeService>();
    }

    private static void AddNode(IServiceCollection services)
    {
        services.AddSingleton<NodeClient>();
        services.AddSingleton<ClusterRelay>();
        services.AddSingleton<IEventRelay>(static provider => provider.GetRequiredService<ClusterRelay>());
        services.AddSingleton<INodes, OrleansNodes>();
        services.AddSingleton<NodeRegister>();
        services.AddSingleton<INodeRegister>(static provider => provider.GetRequiredService<NodeRegister>());
        services.AddSingleton<NodeCommands>();
        services.AddSingleton<IRemoteAttempts>(static provider => provider.GetRequiredService<NodeCommands>());
        services.AddSingleton<WaitingJobs>();
        services.AddSingleton<Membership>();
        services.AddSingleton<ClusterDuties>();
    }
}
