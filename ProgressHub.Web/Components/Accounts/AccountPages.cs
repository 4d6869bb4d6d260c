using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using ProgressHub.AspNetCore.Accounts;
using ProgressHub.AspNetCore.Security;

namespace ProgressHub.Web.Components.Accounts;

/// <summary>The pages that are there before anybody has signed in.</summary>
internal static class AccountPages
{
    public static void MapAccountPages(this WebApplication app)
    {
        if (!app.HasSignIn())
            return;
        app.MapGet(SignInEndpoints.Path, SignIn).AllowAnonymous().ExcludeFromDescription();
        app.MapGet(SignInEndpoints.SetupPath, SetUpAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static RazorComponentResult<SignInDocument> SignIn(
        HttpContext context, IOptions<OidcOptions> oidc, string? to, string? failed, string? @out)
    {
        context.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<SignInDocument>(new Dictionary<string, object?>
        {
            [nameof(SignInDocument.To)] = SignInPage.Back(to),
            [nameof(SignInDocument.Failed)] = failed,
            [nameof(SignInDocument.IsOut)] = @out is not null,
            [nameof(SignInDocument.Provider)] = oidc.Value.IsOn ? oidc.Value.Label : null,
        });
    }

    private static async Task<RazorComponentResult<SetupDocument>> SetUpAsync(
        HttpContext context, SetupCode setup, string? code, string? failed)
    {
        context.Response.Headers.CacheControl = "no-store";
        var isGood = await setup.IsGoodAsync(code, context.RequestAborted);
        return new RazorComponentResult<SetupDocument>(new Dictionary<string, object?>
        {
            [nameof(SetupDocument.Code)] = isGood ? code : null,
            [nameof(SetupDocument.Failed)] = failed,
        });
    }
}
