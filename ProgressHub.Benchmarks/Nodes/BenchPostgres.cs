using System.Diagnostics;
using Npgsql;
using ProgressHub.Benchmarks.Peers;

namespace ProgressHub.Benchmarks.Nodes;

/// <summary>A PostgreSQL of the benchmark's own, in a new folder, as durable as it comes (<c>fsync</c>, <c>synchronous_commit</c>).</summary>
internal sealed class BenchPostgres : IAsyncDisposable
{
    private const string Versions = "/usr/lib/postgresql";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"progresshub-bench-pg-{Guid.NewGuid():N}");
    private readonly int _port = PeerProcess.FreePort();

    private BenchPostgres()
    {
    }

    /// <summary>Whether it is installed (Debian: postgresql).</summary>
    public static bool IsInstalled => Directory.Exists(Versions);

    /// <summary>How it is reached, as Npgsql reads it.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres";

    public static async Task<BenchPostgres> StartAsync()
    {
        var server = new BenchPostgres();
        await ShellAsync($"initdb -D {server._folder} -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync");
        await ShellAsync(
            $"pg_ctl -D {server._folder} -w -t 60 -l {server._folder}/server.log -o \"-p {server._port} -c listen_addresses=127.0.0.1 " +
            "-c unix_socket_directories='' -c max_connections=200\" start");
        return server;
    }

    /// <summary>How many jobs have ended.</summary>
    public async Task<long> EndedAsync()
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT count(*) FROM jobs WHERE finished_at IS NOT NULL", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await ShellAsync($"pg_ctl -D {_folder} -m immediate -w stop");
        Directory.Delete(_folder, recursive: true);
    }

    // PostgreSQL refuses to be run by root, so root runs it as the user its package made.
    private static async Task ShellAsync(string command)
    {
        var binaries = Directory.EnumerateDirectories(Versions).OrderDescending().First();
        string[] words = ["sh", "-c", $"PATH={binaries}/bin:$PATH; {command} >/dev/null"];
        using var process = Environment.IsPrivilegedProcess
            ? Process.Start("runuser", ["-u", "postgres", "--", .. words])
            : Process.Start(words[0], words[1..]);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{command} ended with {process.ExitCode}.");
    }
}
