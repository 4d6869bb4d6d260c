using Microsoft.AspNetCore.Http.HttpResults;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Jobs;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Quotas;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>What accounts use and what they are allowed.</summary>
internal static class QuotaEndpoints
{
    public static void MapQuotas(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/account/usage", MineAsync)
            .WithTag(new ApiTag("Account", "Sessions, API keys and tickets of whoever asks."))
            .RequireAuthorization().WithMetadata(NeedsScope.Anything)
            .Produces<AccountUsageView>()
            .Describe("getUsage", "What the account uses", "Each thing that can be bounded: how much there is, how much there may be, and when the count begins anew.");
        var accounts = routes.MapGroup("/api/admin/accounts/{id}").WithTag(AdministrationEndpoints.Tag)
            .RequireAuthorization().WithMetadata(NeedsScope.Admin);
        accounts.MapGet("/usage", OfAsync)
            .Produces<AccountUsageView>().Describe("getAccountUsage", "What an account uses", "As `GET /api/account/usage` tells the account itself.").Problems(404);
        accounts.MapGet("/quota", QuotaAsync)
            .Produces<QuotaView>().Describe("getAccountQuota", "What an account is allowed", "What is configured for everybody, and what is set for this account in its place.").Problems(404);
        accounts.MapPut("/quota", SetAsync)
            .Accepts<Dictionary<string, decimal?>>("application/json")
            .Produces<QuotaView>()
            .WithBodyExample("""{"jobsRunning":4,"tokensPerMonth":null}""")
            .Describe(
                "setAccountQuota", "Sets what an account is allowed",
                "In place of all that was set before. A number is a bound, `null` is none, and what is missing is as configured for everybody.")
            .Problems(400, 404, 415, 422);
    }

    private static async Task<JsonHttpResult<AccountUsageView>> MineAsync(HttpContext context, QuotaKeeper quotas, TimeProvider time)
    {
        var (quota, used) = await quotas.FindAsync(context.User.Owner(), context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(AccountUsageView.Of(context.User.Owner(), quota, used, time.GetUtcNow()), QuotaJson.Default.AccountUsageView);
    }

    private static async Task<Results<JsonHttpResult<AccountUsageView>, ProblemResult>> OfAsync(
        string id, HttpContext context, AccountDirectory accounts, QuotaKeeper quotas, TimeProvider time)
    {
        if (await accounts.FindAsync(id, context.RequestAborted) is null)
            return new ProblemResult(AdministrationEndpoints.NoAccount);
        var (quota, used) = await quotas.FindAsync(id, context.RequestAborted);
        return TypedResults.Json(AccountUsageView.Of(id, quota, used, time.GetUtcNow()), QuotaJson.Default.AccountUsageView);
    }

    private static async Task<Results<JsonHttpResult<QuotaView>, ProblemResult>> QuotaAsync(
        string id, HttpContext context, AccountDirectory accounts, QuotaBook book) =>
        await accounts.FindAsync(id, context.RequestAborted) is null
            ? new ProblemResult(AdministrationEndpoints.NoAccount)
            : TypedResults.Json(await ViewAsync(id, book, context.RequestAborted), QuotaJson.Default.QuotaView);

    private static async Task<Results<JsonHttpResult<QuotaView>, ProblemResult>> SetAsync(
        string id, HttpContext context, Administration administration, QuotaBook book)
    {
        var wanted = await JsonBody.ReadAsync(context.Request, QuotaJson.Default.DictionaryStringNullableDecimal, context.RequestAborted);
        return await administration.SetQuotaAsync(Actor.Of(context), id, QuotaNames.Read(wanted), context.RequestAborted)
            ? TypedResults.Json(await ViewAsync(id, book, context.RequestAborted), QuotaJson.Default.QuotaView)
            : new ProblemResult(AdministrationEndpoints.NoAccount);
    }

    private static async Task<QuotaView> ViewAsync(string id, QuotaBook book, CancellationToken cancellationToken) => new(
        Enum.GetValues<QuotaBound>().ToDictionary(QuotaNames.Of, bound => book.Default[bound]),
        (await book.OverridesOfAsync(id, cancellationToken)).OrderBy(each => each.Key).ToDictionary(each => QuotaNames.Of(each.Key), each => each.Value));
}
