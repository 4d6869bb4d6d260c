using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Nodes;

namespace ProgressHub.Cluster;

/// <summary>The nodes as they stand in the database, with what each has told of itself.</summary>
internal sealed class NodeRegister(ClusterDatabase database, IOptions<ClusterOptions> cluster) : INodeRegister
{
    private static readonly TimeSpan RememberGone = TimeSpan.FromHours(1);

    private readonly string _cluster = cluster.Value.ClusterId;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<NodeStatus>> ListAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(cancellationToken);
        }
        catch (NpgsqlException failure)
        {
            throw new StorageUnavailableException("PostgreSQL can't say now which nodes there are.", failure);
        }
    }

    /// <summary>Tells what a node has to do.</summary>
    public Task TellAsync(SiloAddress node, NodeLoad load) => database.RunAsync(
        """
        INSERT INTO node_loads (cluster, address, running, watchers, memory, version) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (cluster, address) DO UPDATE SET
          running = excluded.running, watchers = excluded.watchers, memory = excluded.memory, version = excluded.version
        """,
        _cluster, node.ToParsableString(), (long)load.RunningJobs, (long)load.Watchers, load.MemoryBytes, load.Version);

    private async Task<IReadOnlyList<NodeStatus>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = database.Command(
            """
            SELECT n.address, n.host, n.status, n.started, clock_timestamp() - n.alive, l.running, l.watchers, l.memory, l.version
            FROM nodes n LEFT JOIN node_loads l ON l.cluster = n.cluster AND l.address = n.address
            WHERE n.cluster = $1 AND (n.status <> $2 OR clock_timestamp() - n.alive < $3)
            ORDER BY n.started, n.address
            """,
            _cluster, (long)SiloStatus.Dead, RememberGone);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<NodeStatus> nodes = [];
        while (await reader.ReadAsync(cancellationToken))
            nodes.Add(Read(reader));
        return nodes;
    }

    private static NodeStatus Read(NpgsqlDataReader reader) => new(
        reader.GetString(0), reader.GetString(1), StateOf((SiloStatus)reader.GetInt64(2)), new DateTimeOffset(reader.GetDateTime(3)),
        reader.GetTimeSpan(4),
        reader.IsDBNull(5) ? null : new NodeLoad((int)reader.GetInt64(5), (int)reader.GetInt64(6), reader.GetInt64(7), reader.GetString(8)));

    private static NodeState StateOf(SiloStatus status) => status switch
    {
        SiloStatus.Active => NodeState.Up,
        SiloStatus.ShuttingDown or SiloStatus.Stopping => NodeState.Stopping,
        SiloStatus.Dead => NodeState.Gone,
        _ => NodeState.Joining,
    };
}
