using System.Net.Sockets;
using Npgsql;

namespace ProgressHub.Core.Postgres;

/// <summary>Tells failures of the server, the way to it or its disk from those of a statement.</summary>
internal static class PostgresOutage
{
    // Of class 25, whose others are faults of a statement.
    private const string IdleInTransaction = "25P03";
    private const string TransactionTimeout = "25P04";

    /// <summary>Why the database can't be used now, for a person; null where the statement itself is at fault.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        DatabaseTakenException => exception.Message,
        PostgresException postgres => Explain(postgres.SqlState, postgres.MessageText),
        NpgsqlException or SocketException or TimeoutException => $"PostgreSQL can't be reached: {Root(exception).Message}",
        IOException or UnauthorizedAccessException => $"The data directory can't be used: {exception.Message}",
        _ => null,
    };

    // https://www.postgresql.org/docs/current/errcodes-appendix.html; the first two characters are the class.
    private static string? Explain(string state, string message) => state switch
    {
        PostgresErrorCodes.DiskFull => "The disk of PostgreSQL is full.",
        PostgresErrorCodes.ReadOnlySqlTransaction => "PostgreSQL takes no writes: it is a standby, or read-only.",
        PostgresErrorCodes.InvalidCatalogName => $"There is no such database: {message}",
        PostgresErrorCodes.ProtocolViolation => null,
        IdleInTransaction or TransactionTimeout => $"PostgreSQL has ended a transaction that stood still: {message}",
        _ => state[..2] switch
        {
            "08" => $"The connection to PostgreSQL broke: {message}",
            "28" => $"PostgreSQL refuses the sign-in: {message}",
            "40" => $"PostgreSQL let another transaction go first: {message}",
            "53" => $"PostgreSQL lacks resources: {message}",
            "57" => $"PostgreSQL is stopping or starting: {message}",
            "58" or "XX" => $"PostgreSQL reports an error of its own: {message}",
            _ => null,
        },
    };

    private static Exception Root(Exception exception) => exception.InnerException is { } inner ? Root(inner) : exception;
}
