using Microsoft.Extensions.Logging.Abstractions;
using ProgressHub.AspNetCore.Secrets;
using ProgressHub.Core.Sharing;
using ProgressHub.Core.Sql;
using ProgressHub.Workloads.AspNetCore.External;

namespace ProgressHub.Web.Hosting;

/// <summary>Copies the keys of a data directory to PostgreSQL, for all servers that use it; the directory keeps its own.</summary>
internal static class KeyMove
{
    /// <summary>Copies those that are not there yet.</summary>
    /// <param name="dataDirectory">The data directory; no server runs on it.</param>
    /// <param name="connectionString">Npgsql's.</param>
    /// <exception cref="Core.Jobs.StorageUnavailableException">PostgreSQL can't be used now.</exception>
    public static async Task RunAsync(string dataDirectory, string connectionString)
    {
        await using var state = new SharedState(
            new SharedDatabase(connectionString), TimeProvider.System, NullLogger<SharedState>.Instance);
        var keys = new SharedKeys(state);
        SecretSetup.TakeOver(keys, dataDirectory, NullLoggerFactory.Instance);
        WriteTokens.TakeOver(keys, dataDirectory);
    }
}
