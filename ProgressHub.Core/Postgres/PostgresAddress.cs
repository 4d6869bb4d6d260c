using Npgsql;

namespace ProgressHub.Core.Postgres;

/// <summary>Where a database of PostgreSQL is, and how a connection to it is opened that one thread keeps.</summary>
internal sealed class PostgresAddress
{
    /// <summary>
    /// How long a transaction of ours may wait for its next statement. A program that is frozen in the middle of one would else keep
    /// all others from the rows it has changed for as long as it is; one that works is there within milliseconds.
    /// </summary>
    public static readonly TimeSpan IdleInTransaction = TimeSpan.FromSeconds(5);

    private readonly string _writer;
    private readonly string _reader;

    /// <param name="connectionString">Npgsql's; what it does not say is chosen here.</param>
    /// <exception cref="ArgumentException">It is no connection string.</exception>
    public PostgresAddress(string connectionString)
    {
        // A session lives as long as it works and prepares what it repeats; a pool would only hide a connection that broke.
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Pooling = false, MaxAutoPrepare = 200, AutoPrepareMinUsages = 2, Enlist = false,
        };
        settings.ApplicationName ??= $"progresshub {Environment.MachineName}";
        if (settings.KeepAlive == 0)
            settings.KeepAlive = 15;
        settings.Options = $"-c idle_in_transaction_session_timeout={IdleInTransaction.TotalMilliseconds:0} {settings.Options}".TrimEnd();
        _writer = settings.ConnectionString;
        settings.Options = $"{settings.Options} -c default_transaction_read_only=on";
        _reader = settings.ConnectionString;
        Location = $"{settings.Host}:{settings.Port}/{settings.Database ?? settings.Username}";
    }

    /// <summary>Where it is, for a person; no secret.</summary>
    public string Location { get; }

    /// <summary>A connection that writes.</summary>
    public NpgsqlConnection OpenWriter() => Open(_writer);

    /// <summary>A connection that can't.</summary>
    public NpgsqlConnection OpenReader() => Open(_reader);

    private static NpgsqlConnection Open(string settings)
    {
        var connection = new NpgsqlConnection(settings);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
