using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Accounts;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>Writes down who did what. What can't be written down is not done: it is written before the answer.</summary>
internal sealed class AuditTrail(AccountDatabase database, TimeProvider time)
{
    /// <summary>Adds what the caller of a request does.</summary>
    public Task AddAsync(HttpContext context, string action, string? subject) =>
        AddAsync(context, context.User.Owner(), action, subject);

    /// <summary>Adds what somebody does with a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="accountId">Who; null where it is not known who it was.</param>
    /// <param name="action">What.</param>
    /// <param name="subject">To what: an id, never a secret.</param>
    public Task AddAsync(HttpContext context, string? accountId, string action, string? subject) =>
        AddAsync(accountId, action, subject, context.Connection.RemoteIpAddress?.ToString());

    /// <summary>Adds what somebody changes.</summary>
    /// <param name="by">Who.</param>
    /// <param name="action">What.</param>
    /// <param name="subject">To what: an id, never a secret.</param>
    /// <param name="detail">What was changed; never a secret.</param>
    public Task AddAsync(Actor by, string action, string subject, string? detail) => AddAsync(by.AccountId, action, subject, by.Address, detail);

    /// <summary>Adds what somebody does, where there is no request at hand.</summary>
    public Task AddAsync(string? accountId, string action, string? subject, string? address, string? detail = null) => database.Audit.AddAsync(
        new AuditEntry(time.GetUtcNow(), accountId, action, subject, address) { Detail = string.IsNullOrEmpty(detail) ? null : detail },
        CancellationToken.None);
}
