using Microsoft.AspNetCore.Http.HttpResults;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Jobs;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Accounts;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>What callers see of their own account: its sessions and its keys.</summary>
internal static class AccountEndpoints
{
    private static readonly Problem NoSession = Problem.Of(StatusCodes.Status404NotFound, "session_not_found", "There is no such session.");
    private static readonly Problem NoKey = Problem.Of(StatusCodes.Status404NotFound, "key_not_found", "There is no such key.");

    public static void MapAccount(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/account", MeAsync).WithTag(Tag).RequireAuthorization().WithMetadata(NeedsScope.Anything)
            .Produces<CallerView>()
            .Describe("getAccount", "Who asks, and what for", "The account, and the scopes of the key, token or session that was shown.");
        var own = routes.MapGroup("/api/account").WithTag(Tag).RequireAuthorization().WithMetadata(NeedsScope.Account);
        own.MapGet("/sessions", SessionsAsync)
            .Produces<SignInViews>()
            .Describe("listSignIns", "The browsers that are signed in", "Only to who is signed in: a key sees no sessions and no keys.");
        own.MapDelete("/sessions/{id}", EndAsync)
            .Produces(StatusCodes.Status204NoContent)
            .Describe("endSignIn", "Signs a browser out", "Its open pages and streams end within five seconds.").Problems(404);
        own.MapGet("/keys", KeysAsync)
            .Produces<KeyViews>().Describe("listKeys", "The account's API keys", "Without the keys themselves, which nobody has but who made them.");
        own.MapPost("/keys", CreateAsync)
            .Accepts<NewKey>("application/json")
            .Produces<KeyView>(StatusCodes.Status201Created)
            .WithBodyExample("""{"name":"Nightly report","scopes":["jobs:read","jobs:write"]}""")
            .Describe(
                "createKey", "Makes an API key",
                "The answer, and only it, has the `key`: send it as `Authorization: Bearer`. Scopes are `jobs:read`, `jobs:write`, " +
                "`documents` and, for administrators, `admin`.")
            .Problems(400, 415, 422, 429);
        own.MapDelete("/keys/{id}", RevokeAsync)
            .Produces(StatusCodes.Status204NoContent)
            .Describe("revokeKey", "Revokes an API key", "At once; what is open with it ends within five seconds.").Problems(404);
    }

    private static ApiTag Tag { get; } = new("Account", "Sessions, API keys and tickets of whoever asks.");

    private static async Task<Results<JsonHttpResult<CallerView>, ProblemResult>> MeAsync(HttpContext context, AccountDirectory accounts) =>
        await accounts.FindAsync(context.User.Owner(), context.RequestAborted) is { } account
            ? TypedResults.Json(
                new CallerView(account.Id, account.Name, account.Role, [.. context.User.FindAll(AccessClaims.Scope).Select(c => c.Value)]),
                AccountsJson.Default.CallerView)
            : new ProblemResult(ProblemMapping.Of(StatusCodes.Status404NotFound));

    private static async Task<JsonHttpResult<SignInViews>> SessionsAsync(HttpContext context, AccountDatabase database) => TypedResults.Json(
        new SignInViews([
            .. (await database.Sessions.ListAsync(context.User.Owner(), context.RequestAborted)).Select(s => SignInView.Of(s, context.User.Grant())),
        ]),
        AccountsJson.Default.SignInViews);

    private static async Task<Results<NoContent, ProblemResult>> EndAsync(string id, HttpContext context, AccountDatabase database, AuditTrail audit)
    {
        if (!await database.Sessions.EndAsync(id, context.User.Owner(), context.RequestAborted))
            return new ProblemResult(NoSession);
        await audit.AddAsync(context, "session.ended", id);
        return TypedResults.NoContent();
    }

    private static async Task<JsonHttpResult<KeyViews>> KeysAsync(HttpContext context, ApiKeys keys) => TypedResults.Json(
        new KeyViews([.. (await keys.ListAsync(context.User.Owner(), context.RequestAborted)).Select(KeyView.Of)]),
        AccountsJson.Default.KeyViews);

    private static async Task<Results<JsonHttpResult<KeyView>, ProblemResult>> CreateAsync(HttpContext context, ApiKeys keys, AccountDirectory accounts)
    {
        var wanted = await JsonBody.ReadAsync(context.Request, AccountsJson.Default.NewKey, context.RequestAborted);
        if (await accounts.FindAsync(context.User.Owner(), context.RequestAborted) is not { } account)
            return new ProblemResult(ProblemMapping.Of(StatusCodes.Status404NotFound));
        var (key, text) = await keys.CreateAsync(account, wanted, context.Connection.RemoteIpAddress?.ToString(), context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(KeyView.Of(key) with { Key = text }, AccountsJson.Default.KeyView, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<Results<NoContent, ProblemResult>> RevokeAsync(string id, HttpContext context, ApiKeys keys) =>
        await keys.RevokeAsync(id, context.User.Owner(), context.Connection.RemoteIpAddress?.ToString(), context.RequestAborted)
            ? TypedResults.NoContent()
            : new ProblemResult(NoKey);
}
