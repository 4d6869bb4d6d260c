using Dapper;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Sharing;

/// <summary>The tickets for streams that several nodes give and take, by their hashes: each is taken once, whichever node is shown it.</summary>
internal sealed class StreamTicketTable(SharedState state)
{
    /// <summary>Whether there is such a table; else a node is the only one.</summary>
    public bool IsThere => state.IsThere;

    /// <summary>Keeps one, and forgets those whose time is over.</summary>
    /// <param name="hash">Its hash.</param>
    /// <param name="ticket">What it is good for.</param>
    /// <param name="lifetime">For how long, by the database's clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task AddAsync(byte[] hash, StreamTicket ticket, TimeSpan lifetime, CancellationToken cancellationToken) => state.Database.WriteAsync(
        connection => connection.Execute(
            """
            WITH over AS (DELETE FROM stream_tickets WHERE until <= clock_timestamp())
            INSERT INTO stream_tickets (hash, access, access_end, job, until) VALUES (@hash, @grant, @end, @job, clock_timestamp() + @lifetime)
            """,
            new { hash, grant = ticket.Grant, end = ticket.GrantExpires?.ToUnixTimeMilliseconds(), job = ticket.Job?.ToString(), lifetime }),
        cancellationToken);

    /// <summary>Takes one; null where there is none, or its time is over.</summary>
    public Task<StreamTicket?> TakeAsync(byte[] hash, CancellationToken cancellationToken) => state.Database.WriteAsync(
        connection => connection.QuerySingleOrDefault<Row>(
            """
            DELETE FROM stream_tickets WHERE hash = @hash
            RETURNING access AS Access, access_end AS Expires, job AS Job, until > clock_timestamp() AS IsGood
            """,
            new { hash }) is { IsGood: true } row
            ? row.ToTicket()
            : null,
        cancellationToken);

    private sealed class Row
    {
        public string Access { get; init; } = "";

        public long? Expires { get; init; }

        public string? Job { get; init; }

        public bool IsGood { get; init; }

        public StreamTicket ToTicket() => new(
            Access, Expires is { } end ? DateTimeOffset.FromUnixTimeMilliseconds(end) : null, Job is null ? null : JobId.Parse(Job, null));
    }
}

/// <summary>What a ticket is good for.</summary>
/// <param name="Grant">What let its caller in.</param>
/// <param name="GrantExpires">When that ends by itself.</param>
/// <param name="Job">The one job that may be watched; null for all of the caller's.</param>
internal sealed record StreamTicket(string Grant, DateTimeOffset? GrantExpires, JobId? Job);
