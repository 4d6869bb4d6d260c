using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ProgressHub.AspNetCore.Accounts.Providers;
using ProgressHub.AspNetCore.Problems;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>
/// What the forms of the sign-in pages are sent to. Each has an antiforgery token, the one to sign in as well: somebody
/// else's page must not sign a visitor in as somebody else.
/// </summary>
internal static class SignInEndpoints
{
    /// <summary>Where one signs in.</summary>
    public const string Path = "/sign-in";

    /// <summary>Where one signs out.</summary>
    public const string OutPath = "/sign-out";

    /// <summary>Where the first administrator is made.</summary>
    public const string SetupPath = "/setup";

    /// <summary>Where one goes to sign in by the provider.</summary>
    public const string ProviderPath = "/sign-in/provider";

    public static void MapSignIn(this IEndpointRouteBuilder routes, bool hasProvider)
    {
        routes.MapPost(Path, SignInAsync).AllowAnonymous().ExcludeFromDescription();
        routes.MapPost(SetupPath, SetUpAsync).AllowAnonymous().ExcludeFromDescription();
        routes.MapPost(OutPath, SignOutAsync).AllowAnonymous().ExcludeFromDescription();
        if (hasProvider)
            routes.MapGet(ProviderPath, ChallengeByProvider).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context, [FromForm] string? name, [FromForm] string? password, [FromForm] string? to, SignIns signIns, SignInThrottle throttle)
    {
        var back = SignInPage.Back(to);
        if (!throttle.TryEnter(context))
            return ToPage(context, Path, "busy", back);
        if (await signIns.CheckAsync(context, name ?? "", password ?? "") is not { } account)
            return ToPage(context, Path, "wrong", back);
        await signIns.BeginAsync(context, account);
        return SeeOther(context, back);
    }

    private static async Task<IResult> SetUpAsync(
        HttpContext context, [FromForm] string? code, [FromForm] string? name, [FromForm] string? password, SetupCode setup, SignIns signIns,
        AuditTrail audit, SignInThrottle throttle)
    {
        if (!throttle.TryEnter(context))
            return Setup(context, code, "busy");
        try
        {
            if (await setup.UseAsync(code, name ?? "", password ?? "", context.RequestAborted) is not { } account)
                return Setup(context, null, "code");
            await audit.AddAsync(context, account.Id, "account.created", account.Id);
            await signIns.BeginAsync(context, account);
            return SeeOther(context, "/");
        }
        catch (RefusedException refused)
        {
            return Setup(context, code, refused.Problem.Code);
        }
    }

    private static async Task<IResult> SignOutAsync(
        HttpContext context, IFormCollection form, SignIns signIns, ProviderTokenProtector protector, IAuthenticationSchemeProvider schemes)
    {
        var ended = await signIns.EndAsync(context);
        var left = $"{context.Request.PathBase}{Path}?out=1";
        if (protector.Unprotect(ended?.ProviderTokens) is not { } tokens || await schemes.GetSchemeAsync(ProviderScheme.Name) is null)
            return SeeOther(context, $"{Path}?out=1");
        var properties = new AuthenticationProperties { RedirectUri = left };
        properties.Items[ProviderScheme.IdTokenItem] = tokens.IdToken;
        return TypedResults.SignOut(properties, [ProviderScheme.Name]);
    }

    private static ChallengeHttpResult ChallengeByProvider(HttpContext context, string? to) => TypedResults.Challenge(
        new AuthenticationProperties { RedirectUri = SignInPage.Back(to) }, [ProviderScheme.Name]);

    private static StatusCodeHttpResult ToPage(HttpContext context, string page, string failed, string back) =>
        SeeOther(context, $"{page}?failed={failed}&to={Uri.EscapeDataString(back)}");

    private static StatusCodeHttpResult Setup(HttpContext context, string? code, string failed) =>
        SeeOther(context, $"{SetupPath}?failed={failed}{(code is null ? "" : $"&code={Uri.EscapeDataString(code)}")}");

    // 303: the browser goes there with GET, and a reload sends no form again.
    private static StatusCodeHttpResult SeeOther(HttpContext context, string path)
    {
        context.Response.Headers.Location = path.StartsWith(context.Request.PathBase.Value ?? "", StringComparison.Ordinal) ? path : context.Request.PathBase + path;
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }
}
