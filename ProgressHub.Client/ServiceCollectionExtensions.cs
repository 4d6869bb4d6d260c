using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressHub.Client.Logging;

namespace ProgressHub.Client;

/// <summary>Registers the client.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="ProgressHubClient"/>, one for the whole program, which logs where the program does and keeps the
    /// time of a registered <see cref="TimeProvider"/>.
    /// </summary>
    public static IServiceCollection AddProgressHubClient(
        this IServiceCollection services, Action<ProgressHubClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<ProgressHubClientOptions>().Configure<IServiceProvider>(static (options, provider) =>
        {
            options.LoggerFactory = provider.GetService<ILoggerFactory>() ?? options.LoggerFactory;
            options.TimeProvider = provider.GetService<TimeProvider>() ?? options.TimeProvider;
        }).Configure(configure);
        services.TryAddSingleton(static provider =>
            new ProgressHubClient(provider.GetRequiredService<IOptions<ProgressHubClientOptions>>().Value));
        return services;
    }

    /// <summary>Sends what is logged in the scope of a <see cref="Reporting.ReportedJob"/> to that job's log.</summary>
    public static ILoggingBuilder AddProgressHubJobs(this ILoggingBuilder logging)
    {
        ArgumentNullException.ThrowIfNull(logging);
        logging.Services.TryAddEnumerable(ServiceDescriptor.Singleton<ILoggerProvider, JobLoggerProvider>());
        return logging;
    }
}
