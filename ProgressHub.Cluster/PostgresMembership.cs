using System.Globalization;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;

namespace ProgressHub.Cluster;

/// <summary>
/// Orleans' table of nodes in our database. One row is the view, whose version each change moves on by one, together with the row of
/// the node it is about; heartbeats change no view and go by the database's clock.
/// </summary>
internal sealed class PostgresMembership(ClusterDatabase database, Heartbeat heartbeat, NodeEnd end, IOptions<ClusterOptions> cluster)
    : IMembershipTable
{
    // Of its own making: a node has to be a member before it may open the store, and migrate it.
    private const string Schema = """
        SELECT pg_advisory_xact_lock(1886547817, hashtext(current_schema()));
        CREATE TABLE IF NOT EXISTS node_views (cluster text PRIMARY KEY, version bigint NOT NULL);
        CREATE TABLE IF NOT EXISTS nodes (
          cluster  text        NOT NULL,
          address  text        NOT NULL,                   -- with its generation: a restarted node is another one
          etag     bigint      NOT NULL,
          status   bigint      NOT NULL,                   -- Orleans' SiloStatus
          suspects text        NOT NULL,                   -- address,ticks|address,ticks|…
          host     text        NOT NULL,
          name     text        NOT NULL,
          proxy    bigint      NOT NULL,
          started  timestamptz NOT NULL,
          alive    timestamptz NOT NULL,
          PRIMARY KEY (cluster, address)
        );
        CREATE TABLE IF NOT EXISTS node_loads (
          cluster  text   NOT NULL,
          address  text   NOT NULL,
          running  bigint NOT NULL,
          watchers bigint NOT NULL,
          memory   bigint NOT NULL,                        -- bytes, resident
          version  text   NOT NULL,
          PRIMARY KEY (cluster, address)
        );
        """;

    private const int Active = (int)SiloStatus.Active;

    private readonly string _cluster = cluster.Value.ClusterId;

    /// <inheritdoc/>
    public Task InitializeMembershipTable(bool tryInitTableVersion)
    {
        (string, object[])[] version = tryInitTableVersion
            ? [("INSERT INTO node_views (cluster, version) VALUES ($1, 0) ON CONFLICT DO NOTHING", [_cluster])]
            : [];
        return database.SetUpAsync([(Schema, []), .. version]);
    }

    /// <inheritdoc/>
    public Task DeleteMembershipTableEntries(string clusterId) =>
        database.RunAsync("DELETE FROM nodes WHERE cluster = $1", clusterId);

    /// <inheritdoc/>
    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => database.RunAsync(
        """
        WITH defunct AS (DELETE FROM nodes WHERE cluster = $1 AND status <> $2 AND alive < $3 RETURNING address)
        DELETE FROM node_loads l USING defunct d WHERE l.cluster = $1 AND l.address = d.address
        """,
        _cluster, Active, beforeDate.ToUniversalTime());

    /// <inheritdoc/>
    public async Task<MembershipTableData> ReadRow(SiloAddress key)
    {
        var all = await ReadAll();
        return new MembershipTableData([.. all.Members.Where(row => row.Item1.SiloAddress.Equals(key))], all.Version);
    }

    /// <summary>The view and its rows in one statement, so of one moment.</summary>
    public async Task<MembershipTableData> ReadAll()
    {
        await using var command = database.Command(
            """
            SELECT v.version, n.address, n.etag, n.status, n.suspects, n.host, n.name, n.proxy, n.started, n.alive
            FROM node_views v LEFT JOIN nodes n ON n.cluster = v.cluster WHERE v.cluster = $1
            """,
            _cluster);
        await using var reader = await command.ExecuteReaderAsync();
        var version = 0;
        List<Tuple<MembershipEntry, string>> rows = [];
        while (await reader.ReadAsync())
        {
            version = (int)reader.GetInt64(0);
            if (!reader.IsDBNull(1))
                rows.Add(Tuple.Create(Read(reader), Text(reader.GetInt64(2))));
        }

        return new MembershipTableData(rows, new TableVersion(version, Text(version)));
    }

    /// <inheritdoc/>
    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => ChangeAsync(
        """
        WITH view AS (UPDATE node_views SET version = version + 1 WHERE cluster = $1 AND version = $2
          AND NOT EXISTS (SELECT 1 FROM nodes WHERE cluster = $1 AND address = $3) RETURNING cluster)
        INSERT INTO nodes (cluster, address, etag, status, suspects, host, name, proxy, started, alive)
        SELECT cluster, $3, 0, $4, $5, $6, $7, $8, $9, clock_timestamp() FROM view
        """,
        entry, tableVersion, entry.HostName ?? "", entry.SiloName ?? "", (long)entry.ProxyPort,
        DateTime.SpecifyKind(entry.StartTime, DateTimeKind.Utc));

    /// <inheritdoc/>
    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => ChangeAsync(
        """
        WITH view AS (UPDATE node_views SET version = version + 1 WHERE cluster = $1 AND version = $2
          AND EXISTS (SELECT 1 FROM nodes WHERE cluster = $1 AND address = $3 AND etag = $6) RETURNING cluster)
        UPDATE nodes SET etag = etag + 1, status = $4, suspects = $5 FROM view
        WHERE nodes.cluster = view.cluster AND address = $3 AND etag = $6
        """,
        entry, tableVersion, long.Parse(etag, CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public Task UpdateIAmAlive(MembershipEntry entry) => BeatAsync(entry.SiloAddress);

    /// <summary>Makes a heartbeat.</summary>
    public async Task BeatAsync(SiloAddress self)
    {
        bool isMember;
        try
        {
            isMember = await database.RunAsync(
                "UPDATE nodes SET alive = clock_timestamp() WHERE cluster = $1 AND address = $2 AND status <> $3",
                _cluster, self.ToParsableString(), (long)SiloStatus.Dead) > 0;
        }
        catch
        {
            // The other connections of before an outage would each fail once more.
            database.Source.Clear();
            heartbeat.Missed();
            throw;
        }

        if (isMember)
            heartbeat.Made();
        else
            end.HasLeft();
    }

    /// <summary>
    /// Ends what a node that is gone still has open here: where it is frozen in the middle of a transaction, nobody else could write
    /// what it has written. A node that has been started again at its address has connections that are younger.
    /// </summary>
    public Task CutOffAsync(SiloAddress node) => database.RunAsync(
        """
        SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a JOIN nodes n ON a.backend_start < n.alive
        WHERE n.cluster = $1 AND n.address = $2 AND n.status = $3
          AND a.datname = current_database() AND a.usename = current_user AND a.application_name = $4
        """,
        _cluster, node.ToParsableString(), (long)SiloStatus.Dead, database.NameOf(node.Endpoint));

    /// <summary>The nodes that are members and whose heartbeat stands still, by the database's clock.</summary>
    public async Task<IReadOnlyList<SiloAddress>> ListStaleAsync(TimeSpan after)
    {
        await using var command = database.Command(
            "SELECT address FROM nodes WHERE cluster = $1 AND status = $2 AND clock_timestamp() - alive > $3", _cluster, Active, after);
        await using var reader = await command.ExecuteReaderAsync();
        List<SiloAddress> stale = [];
        while (await reader.ReadAsync())
            stale.Add(SiloAddress.FromParsableString(reader.GetString(0)));
        return stale;
    }

    /// <summary>
    /// Moves the view on from the version that the caller has read and changes a row, or does neither. One statement, so that a node
    /// that is frozen here leaves nothing locked.
    /// </summary>
    private async Task<bool> ChangeAsync(string sql, MembershipEntry entry, TableVersion next, params object[] values) =>
        await database.RunAsync(
            sql,
            [
                _cluster, long.Parse(next.VersionEtag, CultureInfo.InvariantCulture), entry.SiloAddress.ToParsableString(),
                (long)entry.Status, Write(entry.SuspectTimes), .. values,
            ]) == 1;

    private static MembershipEntry Read(NpgsqlDataReader reader) => new()
    {
        SiloAddress = SiloAddress.FromParsableString(reader.GetString(1)),
        Status = (SiloStatus)reader.GetInt64(3),
        SuspectTimes = ReadSuspects(reader.GetString(4)),
        HostName = reader.GetString(5),
        SiloName = reader.GetString(6),
        ProxyPort = (int)reader.GetInt64(7),
        StartTime = reader.GetDateTime(8),
        IAmAliveTime = reader.GetDateTime(9),
    };

    private static string Write(List<Tuple<SiloAddress, DateTime>>? suspects) => string.Join(
        '|', suspects?.Select(vote => string.Create(CultureInfo.InvariantCulture, $"{vote.Item1.ToParsableString()},{vote.Item2.Ticks}")) ?? []);

    private static List<Tuple<SiloAddress, DateTime>> ReadSuspects(string text) =>
    [
        .. text.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(vote => vote.Split(',')).Select(parts => Tuple.Create(
            SiloAddress.FromParsableString(parts[0]),
            new DateTime(long.Parse(parts[1], CultureInfo.InvariantCulture), DateTimeKind.Utc))),
    ];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
