using ProgressHub.Core.Accounts;

namespace ProgressHub.AspNetCore.Accounts.Shares;

/// <summary>
/// The cookie of a browser that has opened a link to a job. It tells the browser from others, so that who opened a link can
/// be shown and is shut out with it, and keeps the link's secret out of addresses. By itself it is good for nothing.
/// </summary>
internal static class VisitorCookie
{
    /// <summary>Its name.</summary>
    public const string Name = "progresshub-visitor";

    /// <summary>After so long the link must be opened again.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    /// <summary>The secret in it; null for none.</summary>
    public static string? Read(HttpRequest request) => request.Cookies[Name] is { Length: > 0 } secret ? secret : null;

    /// <summary>Sets it.</summary>
    public static void Write(HttpContext context, string secret, DateTimeOffset expires) =>
        context.Response.Cookies.Append(Name, secret, new CookieOptions
        {
            HttpOnly = true,
            Secure = context.Request.IsHttps,
            SameSite = SameSiteMode.Lax,
            Path = context.Request.PathBase.HasValue ? context.Request.PathBase : "/",
            Expires = expires,
            IsEssential = true,
        });

    /// <summary>What the browser with a secret is called; no secret itself.</summary>
    public static string NameOf(string secret) =>
        ShareOpening.VisitorPrefix + Convert.ToHexStringLower(AccessSecret.HashOf(secret).AsSpan(0, 16));
}
