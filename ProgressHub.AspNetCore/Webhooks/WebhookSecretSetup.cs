using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProgressHub.Core.Files;
using ProgressHub.Core.Webhooks;

namespace ProgressHub.AspNetCore.Webhooks;

/// <summary>Keeps the keys that open webhooks' secrets where the jobs are, so that they outlive a restart and move with them.</summary>
internal static class WebhookSecretSetup
{
    private const string Folder = "keys";

    public static IServiceCollection AddWebhookSecrets(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("ProgressHub");
        services.AddOptions<KeyManagementOptions>().Configure<IConfiguration, ILoggerFactory>(
            static (options, configuration, loggers) => options.XmlRepository ??= new DurableKeys(
                Private(Path.Combine(configuration["Storage:DataDirectory"] ?? "data", Folder)), loggers));

        // It warns that the keys are not encrypted themselves; the README says so, once.
        services.AddLogging(static logging => logging.AddFilter(
            "Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error));
        services.Replace(ServiceDescriptor.Singleton<ISecretProtector, DataProtectedSecrets>());
        return services;
    }

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
