using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Files;
using ProgressHub.Core.Nodes;
using ProgressHub.Core.Sharing;
using ProgressHub.Core.Webhooks;

namespace ProgressHub.AspNetCore.Secrets;

/// <summary>
/// Keeps the keys that open secrets, cookies and tickets where the jobs are, so that they outlive a restart and move with them: in
/// PostgreSQL, for all servers that use it, or in the data directory.
/// </summary>
internal static class SecretSetup
{
    private const string Folder = "keys";

    public static IServiceCollection AddSecrets(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("ProgressHub");
        services.AddOptions<KeyManagementOptions>().Configure<IConfiguration, SharedKeys, ILoggerFactory>(
            static (options, configuration, shared, loggers) =>
                options.XmlRepository ??= Ring(shared, configuration["Storage:DataDirectory"] ?? "data", loggers));

        // It warns that the keys are not encrypted themselves; the README says so, once.
        services.AddLogging(static logging => logging.AddFilter(
            "Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error));
        services.Replace(ServiceDescriptor.Singleton<ISecretProtector, DataProtectedSecrets>());
        services.AddSingleton<SharedSecrets>();
        services.Replace(ServiceDescriptor.Singleton<IKeptSecrets>(static provider => provider.GetRequiredService<INodes>().AreSeveral
            ? provider.GetRequiredService<SharedSecrets>()
            : provider.GetRequiredService<JobSecrets>()));
        return services;
    }

    /// <summary>Takes over what a data directory has of keys, for all servers that use the database.</summary>
    /// <param name="shared">Of the database.</param>
    /// <param name="dataDirectory">The data directory.</param>
    /// <param name="loggers">Told of keys that can't be read.</param>
    public static void TakeOver(SharedKeys shared, string dataDirectory, ILoggerFactory loggers) =>
        SharedKeyRing.TakeOver(shared, new DurableKeys(new DirectoryInfo(Path.Combine(dataDirectory, Folder)), loggers));

    private static IXmlRepository Ring(SharedKeys shared, string dataDirectory, ILoggerFactory loggers) => shared.AreShared
        ? new SharedKeyRing(shared, new DurableKeys(new DirectoryInfo(Path.Combine(dataDirectory, Folder)), loggers))
        : new DurableKeys(Private(Path.Combine(dataDirectory, Folder)), loggers);

    /// <summary>A folder that only its owner may look into: the keys in it are not encrypted themselves.</summary>
    private static DirectoryInfo Private(string path)
    {
        try
        {
            PrivateFolder.Make(path);
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            // The store needs the same folder, and says what is wrong with it.
        }

        return new DirectoryInfo(path);
    }
}
