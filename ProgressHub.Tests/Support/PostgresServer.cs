using Npgsql;

namespace ProgressHub.Tests.Support;

/// <summary>
/// A PostgreSQL of the tests' own: a new cluster in a folder of its own, on loopback, as durable as a real one. Each test
/// gets a schema.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"progresshub-pg-{Guid.NewGuid():N}");
    private readonly int _port = ServerProcess.FreePort();

    /// <summary>Where it listens on loopback.</summary>
    public int Port => _port;

    /// <summary>Where a schema that nobody else has is: a connection string of Npgsql.</summary>
    public string NewSchema()
    {
        var schema = $"t{Guid.NewGuid():N}";
        Run($"CREATE SCHEMA {schema}");
        return $"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres;Search Path={schema}";
    }

    public void Run(string sql)
    {
        using var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres;Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public async Task InitializeAsync()
    {
        await ShellAsync($"initdb -D {_folder} -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync");
        await StartAsync();
    }

    public Task StartAsync() => ShellAsync(
        $"pg_ctl -D {_folder} -w -t 60 -l {_folder}/server.log -o \"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200\" start");

    /// <summary>Ends it as a crash would: sessions are cut, and the next start recovers from the log.</summary>
    public Task StopAsync() => ShellAsync($"pg_ctl -D {_folder} -m immediate -w stop");

    public async Task DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    // PostgreSQL refuses to be run by root, so root runs it as the user its package made.
    private static async Task ShellAsync(string command)
    {
        var binaries = Directory.EnumerateDirectories("/usr/lib/postgresql").OrderDescending().First();
        string[] words = ["sh", "-c", $"PATH={binaries}/bin:$PATH; {command}"];
        await CommandRun.SucceedAsync(
            Environment.IsPrivilegedProcess ? "runuser" : words[0],
            Environment.IsPrivilegedProcess ? ["-u", "postgres", "--", .. words] : words[1..], "/", Limit);
    }
}
