using Npgsql;

namespace ProgressHub.Cluster;

/// <summary>The way to PostgreSQL that membership has for itself: a few connections, and no patience.</summary>
internal sealed class ClusterDatabase : IAsyncDisposable
{
    private const int ConnectWithin = 2;
    private const int AnswerWithin = 4;

    /// <param name="connectionString">That of the jobs.</param>
    public ClusterDatabase(string connectionString) => Source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString)
    {
        Pooling = true, MaxPoolSize = 4, Timeout = ConnectWithin, CommandTimeout = AnswerWithin, CancellationTimeout = -1,
        ApplicationName = "progresshub membership", KeepAlive = 0,
    });

    /// <summary>Its connections.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>A statement with its values, in their order.</summary>
    public NpgsqlCommand Command(string sql, params ReadOnlySpan<object> values) => Fill(Source.CreateCommand(sql), values);

    /// <summary>Gives a statement its values, in their order.</summary>
    public static NpgsqlCommand Fill(NpgsqlCommand command, params ReadOnlySpan<object> values)
    {
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    /// <summary>Runs a statement.</summary>
    public async Task RunAsync(string sql, params object[] values)
    {
        await using var command = Command(sql, values);
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
