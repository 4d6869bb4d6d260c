using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Events;
using ProgressHub.Core.Files;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Storage.Postgres;
using ProgressHub.Core.Storage.Sqlite;
using ProgressHub.Core.Uploads;

namespace ProgressHub.Core.Storage;

/// <summary>Registers the storage.</summary>
public static class StorageServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IJobStore"/>, <see cref="IEventLog"/>, <see cref="IFileStore"/>, <see cref="IWebhookStore"/>,
    /// <see cref="IDefaultWebhookStore"/>, <see cref="IQueuePauseStore"/>, <see cref="IDurationStore"/>,
    /// <see cref="IUsageStore"/> and <see cref="IScheduleStore"/>, on the database that the configuration's section
    /// <c>Storage</c> names. Await <see cref="IJobStore.InitializeAsync"/> once before anything else; disposing the provider
    /// drains what is queued.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Changes what the configuration says.</param>
    public static IServiceCollection AddStorage(
        this IServiceCollection services, Action<StorageOptions>? configure = null)
    {
        services.TryAddSingleton<TimeProvider, SteadyTime>();
        var options = services.AddOptionsWithValidateOnStart<StorageOptions>()
            .BindConfiguration(StorageOptions.Section)
            .ValidateDataAnnotations()
            .Validate(
                options => options.Provider != StorageProvider.Postgres || !string.IsNullOrWhiteSpace(options.ConnectionString),
                "Storage:ConnectionString: Postgres needs to know where it is, such as 'Host=db;Database=progresshub;Username=progresshub;Password=…'.")
            .Validate(
                options => options.Provider != StorageProvider.Postgres || PostgresDialect.IsConnectionString(options.ConnectionString),
                "Storage:ConnectionString: this is no connection string of Npgsql; it looks like 'Host=db;Database=progresshub;Username=progresshub;Password=…'.");
        if (configure is not null)
            options.Configure(configure);

        services.AddSingleton(CreateStorage);
        services.AddSingleton<IJobStore, SqlJobStore>();
        services.AddSingleton<IEventLog, SqlEventLog>();
        services.AddSingleton<IWebhookStore, SqlWebhookStore>();
        services.AddSingleton<IQueuePauseStore, SqlQueuePauseStore>();
        services.AddSingleton<IDefaultWebhookStore, SqlDefaultWebhookStore>();
        services.AddSingleton<IFileStore, SqlFileStore>();
        services.AddSingleton<IDurationStore, SqlDurationStore>();
        services.AddSingleton<IUsageStore, SqlUsageStore>();
        services.AddSingleton<IScheduleStore, SqlScheduleStore>();
        return services;
    }

    private static SqlStorage CreateStorage(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<StorageOptions>>().Value;
        var time = services.GetRequiredService<TimeProvider>();
        var logger = services.GetService<ILogger<SqlStorage>>() ?? NullLogger<SqlStorage>.Instance;
        var room = new DiskRoom(options.DataDirectory, options.MinFreeBytes, time);
        SqlDialect dialect = options.Provider == StorageProvider.Postgres
            ? new PostgresDialect(options.ConnectionString!, options.DataDirectory, time, logger) { Room = room, IsShared = options.IsShared }
            : new SqliteDialect(options.DataDirectory, time, logger) { AcceptDataLoss = options.AcceptDataLoss, Room = room };
        return new SqlStorage(dialect, options, services.GetService<IMeterFactory>(), time, logger);
    }
}
