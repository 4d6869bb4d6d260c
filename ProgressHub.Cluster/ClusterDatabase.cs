using System.Net;
using Npgsql;

namespace ProgressHub.Cluster;

/// <summary>The way to PostgreSQL that membership has for itself: a few connections, and no patience.</summary>
internal sealed class ClusterDatabase : IAsyncDisposable
{
    private const int ConnectWithin = 2;
    private const int AnswerWithin = 4;

    // A node that starts has nothing to lose by waiting.
    private const int SetUpWithin = 60;

    // PostgreSQL keeps no more of a name (NAMEDATALEN).
    private const int MaxName = 63;

    private readonly string? _program;
    private readonly string _single;
    private readonly string _patient;

    /// <param name="connectionString">That of the jobs, as it is configured.</param>
    /// <param name="self">Where the others reach this node.</param>
    public ClusterDatabase(string connectionString, IPEndPoint self)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        _program = settings.ApplicationName;
        settings.ApplicationName = NameOf(self);
        OfJobs = settings.ConnectionString;
        (settings.Pooling, settings.MaxPoolSize, settings.KeepAlive) = (true, 4, 0);
        (settings.Timeout, settings.CommandTimeout, settings.CancellationTimeout) = (ConnectWithin, AnswerWithin, -1);
        Source = NpgsqlDataSource.Create(settings);
        settings.Pooling = false;
        _single = settings.ConnectionString;
        (settings.Timeout, settings.CommandTimeout) = (SetUpWithin, SetUpWithin);
        _patient = settings.ConnectionString;
    }

    /// <summary>The connection string for the jobs. Each node counts in a lane of its own name, and finds it again after a restart.</summary>
    public string OfJobs { get; }

    /// <summary>Its connections.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>What a node's connections are called in PostgreSQL.</summary>
    public string NameOf(IPEndPoint node)
    {
        var name = $"{_program} {node}";
        return _program is null || name.Length > MaxName ? $"progresshub {node}" : name;
    }

    /// <summary>A statement with its values, in their order.</summary>
    public NpgsqlCommand Command(string sql, params ReadOnlySpan<object> values) => Fill(Source.CreateCommand(sql), values);

    /// <summary>Runs a statement.</summary>
    /// <returns>How many rows it changed.</returns>
    public async Task<int> RunAsync(string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>Runs statements in one transaction, and waits long for each: what has to be there before a node can start.</summary>
    /// <param name="statements">Each with its values, in their order.</param>
    public async Task SetUpAsync(params (string Sql, object[] Values)[] statements)
    {
        await using var connection = new NpgsqlConnection(_patient);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var (sql, values) in statements)
        {
            await using var command = Fill(new NpgsqlCommand(sql, connection, transaction), values);
            await command.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }

    /// <summary>
    /// Asks for an answer over a connection of its own: one that was there before an outage fails once more after it, and would say
    /// that the database is still away.
    /// </summary>
    public async Task TryAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(_single);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("SELECT 1", connection);
        await command.ExecuteScalarAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => Source.DisposeAsync();

    private static NpgsqlCommand Fill(NpgsqlCommand command, ReadOnlySpan<object> values)
    {
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
