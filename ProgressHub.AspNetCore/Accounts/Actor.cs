using ProgressHub.AspNetCore.Security;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>Who does something that is written down.</summary>
/// <param name="AccountId">Their account.</param>
/// <param name="Address">Where they come from; null where that is not known.</param>
internal sealed record Actor(string AccountId, string? Address)
{
    /// <summary>Whoever makes a request.</summary>
    public static Actor Of(HttpContext context) => new(context.User.Owner(), context.Connection.RemoteIpAddress?.ToString());
}
