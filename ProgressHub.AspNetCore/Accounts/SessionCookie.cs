namespace ProgressHub.AspNetCore.Accounts;

/// <summary>
/// The cookie of a session. It holds a secret and nothing else: what the session is good for is looked up each time, so
/// that ending it ends it at once. No script reads it; of another site's requests it goes with a followed link alone.
/// </summary>
internal static class SessionCookie
{
    /// <summary>Its name.</summary>
    public const string Name = "progresshub-session";

    /// <summary>The secret in it; null for none.</summary>
    public static string? Read(HttpRequest request) =>
        request.Cookies[Name] is { Length: > 0 } secret ? secret : null;

    /// <summary>Sets it.</summary>
    public static void Write(HttpContext context, string secret, DateTimeOffset expires) =>
        context.Response.Cookies.Append(Name, secret, Options(context, expires));

    /// <summary>Takes it away.</summary>
    public static void Delete(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context, null));

    private static CookieOptions Options(HttpContext context, DateTimeOffset? expires) => new()
    {
        HttpOnly = true,
        Secure = context.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = context.Request.PathBase.HasValue ? context.Request.PathBase : "/",
        Expires = expires,
        IsEssential = true,
    };
}
