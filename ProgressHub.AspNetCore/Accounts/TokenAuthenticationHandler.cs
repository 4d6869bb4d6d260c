using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>
/// Lets in who shows a key, a token of a configured issuer or a session's cookie, and where a browser can send no header a
/// ticket. What a header says counts before what a cookie says, and a wrong header is not made good by a cookie.
/// </summary>
internal sealed class TokenAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Credentials credentials)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The scheme.</summary>
    public const string SchemeName = "Token";

    private static readonly string[] NotPages = ["/api", "/hubs", "/openapi", "/_blazor", "/mcp", "/metrics"];

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync() => await credentials.FindAsync(Context) is { } caller
        ? AuthenticateResult.Success(new AuthenticationTicket(caller, SchemeName))
        : AuthenticateResult.NoResult();

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (WantsPage() && Context.RequestServices.GetService<SignInPage>() is { } page)
        {
            Response.Headers.CacheControl = "no-store";
            Response.Redirect(page.To(Request));
            return Task.CompletedTask;
        }

        Response.Headers.WWWAuthenticate = "Bearer";
        return ProblemMapping.Of(StatusCodes.Status401Unauthorized).WriteAsync(Context);
    }

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var scopes = string.Join(" or ", NeedsScope.Of(Context).For(Request.Method));
        Response.Headers.WWWAuthenticate = "Bearer error=\"insufficient_scope\"";
        return Problem.Of(
            StatusCodes.Status403Forbidden, "scope_missing", $"This needs the scope {scopes}, which what you have shown does not have.").WriteAsync(Context);
    }

    private bool WantsPage() =>
        HttpMethods.IsGet(Request.Method)
        && !DataOnly.Is(Context)
        && !Array.Exists(NotPages, path => Request.Path.StartsWithSegments(path))
        && Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
