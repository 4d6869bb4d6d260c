using Microsoft.AspNetCore.Http.HttpResults;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Jobs;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>What administrators see to.</summary>
internal static class AdministrationEndpoints
{
    private static readonly Problem NoAccount = Problem.Of(StatusCodes.Status404NotFound, "account_not_found", "There is no such account.");

    public static void MapAdministration(this IEndpointRouteBuilder routes)
    {
        var accounts = routes.MapGroup("/api/accounts")
            .WithTag(new ApiTag("Administration", "Accounts, for administrators."))
            .RequireAuthorization().WithMetadata(NeedsScope.Admin);
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
    }

    private static async Task<JsonHttpResult<AccountViews>> ListAsync(AccountDirectory accounts, CancellationToken aborted) => TypedResults.Json(
        new AccountViews([.. (await accounts.ListAsync(aborted)).Select(AccountView.Of)]), AccountsJson.Default.AccountViews);

    private static async Task<JsonHttpResult<AccountView>> CreateAsync(HttpContext context, AccountDirectory accounts, AuditTrail audit)
    {
        var wanted = await JsonBody.ReadAsync(context.Request, AccountsJson.Default.NewAccount, context.RequestAborted);
        var account = await accounts.CreateAsync(wanted.Name, wanted.Password, wanted.Role, context.RequestAborted);
        await audit.AddAsync(context, "account.created", account.Id);
        return TypedResults.Json(AccountView.Of(account), AccountsJson.Default.AccountView, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<Results<JsonHttpResult<AccountView>, ProblemResult>> ChangeAsync(
        string id, HttpContext context, AccountDirectory accounts, AuditTrail audit)
    {
        var change = await JsonBody.ReadAsync(context.Request, AccountsJson.Default.AccountChange, context.RequestAborted);
        if (await accounts.ChangeAsync(id, change, context.RequestAborted) is not { } account)
            return new ProblemResult(NoAccount);
        await audit.AddAsync(context, "account.changed", id);
        return TypedResults.Json(AccountView.Of(account), AccountsJson.Default.AccountView);
    }
}
