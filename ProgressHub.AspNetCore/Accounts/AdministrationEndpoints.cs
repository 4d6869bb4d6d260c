using Microsoft.AspNetCore.Http.HttpResults;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Jobs;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>What administrators see to.</summary>
internal static class AdministrationEndpoints
{
    /// <summary>There is no such account.</summary>
    public static readonly Problem NoAccount = Problem.Of(StatusCodes.Status404NotFound, "account_not_found", "There is no such account.");

    private static readonly Problem NoKey = Problem.Of(StatusCodes.Status404NotFound, "key_not_found", "There is no such key.");

    /// <summary>What its operations belong to.</summary>
    public static ApiTag Tag { get; } = new("Administration", "Accounts, keys, quotas and the audit log, for administrators.");

    public static void MapAdministration(this IEndpointRouteBuilder routes)
    {
        var accounts = routes.MapGroup("/api/accounts").WithTag(Tag).RequireAuthorization().WithMetadata(NeedsScope.Admin);
        accounts.MapGet("", ListAsync).Produces<AccountViews>().Describe("listAccounts", "Everybody who may sign in", "By name.");
        accounts.MapPost("", CreateAsync)
            .Accepts<NewAccount>("application/json")
            .Produces<AccountView>(StatusCodes.Status201Created)
            .WithBodyExample("""{"name":"grace","password":"a long sentence of hers","role":"user"}""")
            .Describe("createAccount", "Makes an account with a password", "`role` is `user` or `administrator`.")
            .Problems(400, 409, 415, 422);
        accounts.MapPatch("/{id}", ChangeAsync)
            .Accepts<AccountChange>("application/json")
            .Produces<AccountView>()
            .WithBodyExample("""{"enabled":false}""")
            .Describe(
                "changeAccount", "Changes an account",
                "`enabled: false` takes all its access back: what is open ends within five seconds. A new `password` ends its sessions.")
            .Problems(400, 404, 409, 415, 422);
        var admin = routes.MapGroup("/api/admin").WithTag(Tag).RequireAuthorization().WithMetadata(NeedsScope.Admin);
        admin.MapDelete("/accounts/{id}/sessions", EndSessionsAsync)
            .Produces(StatusCodes.Status204NoContent)
            .Describe("endAccountSignIns", "Signs an account out everywhere", "Its open pages and streams end within five seconds; its keys stay.").Problems(404);
        admin.MapGet("/keys", KeysAsync)
            .Produces<OwnedKeyViews>().Describe("listAllKeys", "Everybody's API keys", "Without the keys themselves.");
        admin.MapDelete("/keys/{id}", RevokeAsync)
            .Produces(StatusCodes.Status204NoContent)
            .Describe("revokeAnyKey", "Revokes anybody's API key", "At once; what is open with it ends within five seconds.").Problems(404);
    }

    private static async Task<JsonHttpResult<AccountViews>> ListAsync(AccountDirectory accounts, CancellationToken aborted) => TypedResults.Json(
        new AccountViews([.. (await accounts.ListAsync(aborted)).Select(AccountView.Of)]), AccountsJson.Default.AccountViews);

    private static async Task<JsonHttpResult<AccountView>> CreateAsync(HttpContext context, Administration administration)
    {
        var wanted = await JsonBody.ReadAsync(context.Request, AccountsJson.Default.NewAccount, context.RequestAborted);
        var account = await administration.CreateAsync(Actor.Of(context), wanted, context.RequestAborted);
        return TypedResults.Json(AccountView.Of(account), AccountsJson.Default.AccountView, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<Results<JsonHttpResult<AccountView>, ProblemResult>> ChangeAsync(
        string id, HttpContext context, Administration administration)
    {
        var change = await JsonBody.ReadAsync(context.Request, AccountsJson.Default.AccountChange, context.RequestAborted);
        return await administration.ChangeAsync(Actor.Of(context), id, change, context.RequestAborted) is { } account
            ? TypedResults.Json(AccountView.Of(account), AccountsJson.Default.AccountView)
            : new ProblemResult(NoAccount);
    }

    private static async Task<Results<NoContent, ProblemResult>> EndSessionsAsync(string id, HttpContext context, Administration administration) =>
        await administration.EndSessionsAsync(Actor.Of(context), id, context.RequestAborted) is null
            ? new ProblemResult(NoAccount)
            : TypedResults.NoContent();

    private static async Task<JsonHttpResult<OwnedKeyViews>> KeysAsync(Administration administration, CancellationToken aborted) => TypedResults.Json(
        new OwnedKeyViews([
            .. (await administration.KeysAsync(aborted)).Select(each => new OwnedKeyView(each.Key.AccountId, each.Owner, KeyView.Of(each.Key))),
        ]),
        QuotaJson.Default.OwnedKeyViews);

    private static async Task<Results<NoContent, ProblemResult>> RevokeAsync(string id, HttpContext context, Administration administration) =>
        await administration.RevokeKeyAsync(Actor.Of(context), id, context.RequestAborted)
            ? TypedResults.NoContent()
            : new ProblemResult(NoKey);
}
