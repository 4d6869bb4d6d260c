using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Sqlite;

/// <summary>Looks databases over at the start that were not closed; all others are opened when they are first used.</summary>
public static class DatabaseStart
{
    /// <summary>Adds a database to those that are looked over.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="find">The database; null where this host does not use it.</param>
    public static IServiceCollection AddDatabaseStart(this IServiceCollection services, Func<IServiceProvider, SqliteDatabase?> find) =>
        services.AddSingleton<IHostedService>(provider => new Opening(find(provider)));

    private sealed class Opening(SqliteDatabase? database) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            if (database is null || !UncleanStop.WasLeft(database.File.Path))
                return;
            try
            {
                await database.OpenAsync(cancellationToken);
            }
            catch (StorageUnavailableException)
            {
                // Its disk can't be used now; it is looked over as soon as it can.
            }
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
