using Npgsql;

namespace ProgressHub.Tests.Support;

/// <summary>
/// Three nodes of the real server on a PostgreSQL of their own. They know one another by certificates, and each reaches another by a way
/// that a test can make a bad one.
/// </summary>
public sealed class ClusterNodes : IAsyncLifetime
{
    /// <summary>So long an outage that a node would have stood down and been put out, were it the only one.</summary>
    internal static readonly TimeSpan LongerThanAnyoneWaits = TimeSpan.FromSeconds(20);

    // An earlier program to begin with, see Upgrade. It may know neither certificates nor ways.
    private const string UpgradeFrom = "PROGRESSHUB_UPGRADE_FROM";
    private const int Count = 3;
    private const int MaxShown = 4000;

    private readonly PostgresServer _postgres = new();
    private readonly string _files = Directory.CreateTempSubdirectory("progresshub-files-").FullName;
    private readonly List<(int SiloPort, ServerProcess Server)> _nodes = [];
    private readonly List<PausableProxy> _ways = [];
    private readonly string? _earlier = Environment.GetEnvironmentVariable(UpgradeFrom) is { Length: > 0 } program ? program : null;

    private string _database = null!;
    private EngineServer _engine = null!;

    internal IReadOnlyList<ServerProcess> Servers => [.. _nodes.Select(node => node.Server)];

    /// <summary>The node that works at a tenth of the others' pace: what it has begun is not over before a test is done with it.</summary>
    internal ServerProcess SlowNode => Servers[^1];

    /// <summary>The authority whose certificates make a node.</summary>
    internal TestAuthority Authority { get; } = new();

    /// <summary>The ways between the nodes, one to each.</summary>
    internal IReadOnlyList<PausableProxy> Ways => _ways;

    public async Task InitializeAsync()
    {
        await _postgres.InitializeAsync();
        _database = _postgres.NewSchema();
        _engine = await EngineServer.StartAsync();
        for (var i = 0; i < Count; i++)
            _nodes.Add(Prepare(i));
        SlowNode.Settings["Translation:PseudoDelay"] = "00:00:02";
        await Task.WhenAll(Servers.Select(server => server.StartAsync()));
    }

    /// <summary>Starts those that an earlier test has left down.</summary>
    internal Task AllUpAsync() => Task.WhenAll(Servers.Where(server => !server.IsUp).Select(server => server.StartAsync()));

    /// <summary>The chat engine that all of them can use.</summary>
    internal EngineServer Engine => _engine;

    /// <summary>How they reach PostgreSQL.</summary>
    internal string Database => _database;

    /// <summary>PostgreSQL, which all of them use.</summary>
    internal PostgresServer Postgres => _postgres;

    /// <summary>Lets a node reach the database through a port of its own from its next start on.</summary>
    internal void Redirect(ServerProcess server, int? port) => server.Settings["Storage:ConnectionString"] =
        new NpgsqlConnectionStringBuilder(_database) { Port = port ?? _postgres.Port }.ConnectionString;

    /// <summary>The folder of files that all nodes share.</summary>
    internal string Files => _files;

    /// <summary>The node that runs a job.</summary>
    internal async Task<ServerProcess> OwnerOfAsync(string id)
    {
        string? name = null;
        await Patience.UntilAsync(async () => (name = await NodeOfAsync(id)) is not null, "a node runs the job");
        return Servers.Single(server => IsOf(server, name!));
    }

    /// <summary>Whether a name is that of a node, as the store has it.</summary>
    internal bool IsOf(ServerProcess server, string name) =>
        name.Contains($":{_nodes.Single(node => node.Server == server).SiloPort}@", StringComparison.Ordinal);

    /// <summary>The name of the node that runs a job; null where none does.</summary>
    internal async Task<string?> NodeOfAsync(string id)
    {
        // Of its own: tests stop the server, and a pool would still have connections from before.
        await using var connection = new NpgsqlConnection($"{_database};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT node FROM jobs WHERE id = $1 AND state <> 'queued' AND finished_at IS NULL", connection)
        {
            Parameters = { new NpgsqlParameter { Value = id } },
        };
        return await command.ExecuteScalarAsync() as string;
    }

    /// <summary>
    /// Locks a job's row, so that the node which runs it stands still in the middle of a transaction; returns once it does.
    /// </summary>
    /// <returns>What holds the lock.</returns>
    internal async Task<IAsyncDisposable> HoldRowAsync(string id)
    {
        var connection = new NpgsqlConnection($"{_database};Pooling=false");
        await connection.OpenAsync();
        await connection.BeginTransactionAsync();
        await using var hold = new NpgsqlCommand("SELECT 1 FROM jobs WHERE id = $1 FOR UPDATE", connection) { Parameters = { new NpgsqlParameter { Value = id } } };
        await hold.ExecuteScalarAsync();
        await using var waits = new NpgsqlCommand("SELECT count(*) FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))", connection);
        await Patience.UntilAsync(async () => await waits.ExecuteScalarAsync() is > 0L, "the node waits for the row");
        return connection;
    }

    /// <summary>Runs part of a test; where it fails, the failure tells what the nodes last said.</summary>
    internal async Task ExplainAsync(Func<Task> part)
    {
        try
        {
            await part();
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException(string.Join('\n', Servers.Select(server => $"{server.Address}:\n{Last(server.Output)}").Prepend(failure.Message)), failure);
        }
    }

    private static string Last(string output) => output.Length <= MaxShown ? output : output[^MaxShown..];

    public async Task DisposeAsync()
    {
        foreach (var server in Servers)
            await server.DisposeAsync();
        foreach (var way in _ways)
            await way.DisposeAsync();
        Authority.Dispose();
        await _engine.DisposeAsync();
        await _postgres.DisposeAsync();
        Directory.Delete(_files, recursive: true);
    }

    /// <summary>Cuts a node off from all others, and them from it; what was connected stays so, and nothing passes.</summary>
    internal void Isolate(ServerProcess server)
    {
        for (var i = 0; i < Count; i++)
            _ways[i].Block(Servers[i] == server ? null : server.ProcessId);
    }

    /// <summary>The program of this build, which an earlier one is replaced by.</summary>
    internal static string Present => Path.Combine(AppContext.BaseDirectory, "ProgressHub.Web.dll");

    /// <summary>The settings of one more node.</summary>
    internal (string Key, string Value)[] Settings(int siloPort) =>
    [
        ("Storage:Provider", "Postgres"), ("Storage:ConnectionString", _database), ("Cluster:Name", "test"),
        ("Cluster:SiloPort", $"{siloPort}"), ("Uploads:Directory", _files), ("Translation:PseudoDelay", "00:00:00.2"),
        ("Logging:LogLevel:Orleans", "Error"), ("Uploads:MinFreeBytes", "0"), ("Webhooks:AllowPrivateAddresses", "true"),
        ("Inference:OpenAI:Endpoint", _engine.OpenAI), ("Inference:OpenAI:ChatModel", "m1"),
    ];

    private (int SiloPort, ServerProcess Server) Prepare(int number)
    {
        var port = ServerProcess.FreePort();
        if (_earlier is not null)
            return (port, Prepare(_earlier, Settings(port)));
        var way = new PausableProxy(port);
        _ways.Add(way);
        return (way.Port, Prepare(
            Present, [.. Settings(way.Port), .. HashingStartup.Settings, .. Authority.Sign($"node{number}"), ("Cluster:Listen", $"127.0.0.1:{port}")]));
    }

    private static ServerProcess Prepare(string program, (string Key, string Value)[] settings)
    {
        var server = ServerProcess.Prepare(settings);
        server.Program = program;
        return server;
    }
}
