using System.Globalization;
using Microsoft.Extensions.Options;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Accounts;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Sharing;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>
/// Tickets to open one stream with, where an address is all that a browser can send. An address is seen by logs and proxies:
/// so a ticket is good once, for a minute at most, to watch one job or all, and to do nothing. Where nodes share a database it is good at
/// any of them; how many may be unused at once is each node's own bound for those that it gave.
/// </summary>
internal sealed class StreamTickets(IOptions<AuthOptions> options, StreamTicketTable shared, TimeProvider time)
{
    /// <summary>How one begins.</summary>
    public const string Prefix = "pht_";

    private const int MostOfGrant = 1_000;
    private const int Most = 100_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, StreamTicket> _unused = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _byGrant = new(StringComparer.Ordinal);

    // All are good for as long as each other: the one given first is the first to be over.
    private readonly Queue<(string Hash, DateTimeOffset Until)> _inOrder = [];

    /// <summary>Gives one.</summary>
    /// <param name="grant">What let its caller in.</param>
    /// <param name="grantExpires">When that ends by itself.</param>
    /// <param name="job">The job that may be watched; null for all of the caller's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RefusedException">429 <c>too_many_tickets</c>.</exception>
    public async Task<(string Text, DateTimeOffset Until)> GiveAsync(
        string grant, DateTimeOffset? grantExpires, JobId? job, CancellationToken cancellationToken)
    {
        var (text, until) = (AccessSecret.New(Prefix), time.GetUtcNow() + options.Value.TicketLifetime);
        var ticket = new StreamTicket(grant, grantExpires, job);
        Keep(text, ticket, until);
        if (shared.IsThere)
            await shared.AddAsync(AccessSecret.HashOf(text), ticket, options.Value.TicketLifetime, cancellationToken);
        return (text, until);
    }

    /// <summary>Uses one up; null where there is none, or it is over.</summary>
    public async ValueTask<StreamTicket?> UseAsync(string text, CancellationToken cancellationToken)
    {
        StreamTicket? own;
        lock (_gate)
        {
            Sweep();
            own = Take(KeyOf(text));
        }

        return shared.IsThere ? await shared.TakeAsync(AccessSecret.HashOf(text), cancellationToken) : own;
    }

    private void Keep(string text, StreamTicket ticket, DateTimeOffset until)
    {
        var grant = ticket.Grant;
        lock (_gate)
        {
            Sweep();
            if (_inOrder.Count >= Most || _byGrant.GetValueOrDefault(grant) >= MostOfGrant)
            {
                throw new RefusedException(Problem.Of(
                    StatusCodes.Status429TooManyRequests, "too_many_tickets",
                    string.Create(CultureInfo.InvariantCulture, $"At most {MostOfGrant} tickets may be unused at once; use those, or wait a minute.")) with
                {
                    RetryAfter = options.Value.TicketLifetime,
                });
            }

            var hash = KeyOf(text);
            _unused[hash] = ticket;
            _byGrant[grant] = _byGrant.GetValueOrDefault(grant) + 1;
            _inOrder.Enqueue((hash, until));
        }
    }

    private StreamTicket? Take(string hash)
    {
        if (!_unused.Remove(hash, out var ticket))
            return null;
        if (--_byGrant[ticket.Grant] == 0)
            _byGrant.Remove(ticket.Grant);
        return ticket;
    }

    private void Sweep()
    {
        var now = time.GetUtcNow();
        while (_inOrder.TryPeek(out var first) && first.Until <= now)
            Take(_inOrder.Dequeue().Hash);
    }

    private static string KeyOf(string text) => Convert.ToHexString(AccessSecret.HashOf(text));
}
