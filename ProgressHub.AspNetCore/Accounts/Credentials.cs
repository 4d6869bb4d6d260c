using System.Security.Claims;
using ProgressHub.AspNetCore.Accounts.Shares;
using ProgressHub.AspNetCore.Security;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>Finds out who a request says it is from.</summary>
internal sealed class Credentials(AccessCheck access, StreamTickets tickets, IssuedTokens tokens)
{
    private const string Bearer = "Bearer ";

    /// <summary>The caller; null where nothing is shown that is good here.</summary>
    public async ValueTask<ClaimsPrincipal?> FindAsync(HttpContext context)
    {
        var (request, aborted) = (context.Request, context.RequestAborted);
        var header = request.Headers.Authorization.ToString();
        if (header.Length > 0)
            return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? await OfBearerAsync(context, header[Bearer.Length..].Trim()) : null;

        var place = context.GetEndpoint()?.Metadata.GetMetadata<TakesTicket>();
        if (place?.Of(request) is { } text)
            return await OfQueryAsync(context, place, text);
        if (SessionCookie.Read(request) is { } secret && await access.OfSessionAsync(secret, aborted) is { } session)
            return session.ToPrincipal();
        return context.GetEndpoint()?.Metadata.GetMetadata<TakesVisitor>() is not null && VisitorCookie.Read(request) is { } visitor
            ? (await access.OfVisitorAsync(visitor, aborted))?.ToPrincipal()
            : null;
    }

    private async ValueTask<ClaimsPrincipal?> OfBearerAsync(HttpContext context, string token)
    {
        if (token.StartsWith(AccessCheck.KeyPrefix, StringComparison.Ordinal))
            return (await access.OfKeyAsync(token, context.RequestAborted))?.ToPrincipal();
        if (token.StartsWith(StreamTickets.Prefix, StringComparison.Ordinal))
        {
            return context.GetEndpoint()?.Metadata.GetMetadata<TakesTicket>() is { } place
                ? await OfTicketAsync(context, place, token)
                : null;
        }

        return (await tokens.FindAsync(context, token))?.ToPrincipal();
    }

    private async ValueTask<ClaimsPrincipal?> OfQueryAsync(HttpContext context, TakesTicket place, string text)
    {
        if (place.TakesKeys && text.StartsWith(AccessCheck.KeyPrefix, StringComparison.Ordinal))
            return (await access.OfKeyAsync(text, context.RequestAborted))?.ToWatch().ToPrincipal();
        return await OfTicketAsync(context, place, text);
    }

    private async ValueTask<ClaimsPrincipal?> OfTicketAsync(HttpContext context, TakesTicket place, string text)
    {
        // Used up whether or not it is good here: one that is tried where it does not belong has been found by somebody.
        if (await tickets.UseAsync(text, context.RequestAborted) is not { } ticket)
            return null;
        if (ticket.Job is { } job && (place.NeedsAll || (place.Job is { } name && context.GetRouteValue(name)?.ToString() != job.ToString())))
            return null;
        if (await access.OfGrantNowAsync(ticket.Grant, context.RequestAborted) is not { } granted)
            return null;
        var watching = granted.ToWatch() with { ExpiresAt = Earlier(granted.ExpiresAt, ticket.GrantExpires) };
        return watching.ToPrincipal(ticket.Job);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b ?? a : a;
}
