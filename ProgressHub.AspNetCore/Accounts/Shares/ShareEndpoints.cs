using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Jobs;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;

namespace ProgressHub.AspNetCore.Accounts.Shares;

/// <summary>Who may see a job besides its owner, and what is shared with the caller.</summary>
internal static class ShareEndpoints
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 200;

    private static readonly Problem NoShare = Problem.Of(StatusCodes.Status404NotFound, "share_not_found", "The job has no such share.");

    private static readonly Problem Local = Problem.Of(
        StatusCodes.Status409Conflict, "auth_mode_local",
        "In local mode there is one user, and nobody to share with. Start the server with Auth:Mode=Token to share jobs.");

    /// <summary>The endpoints, where people sign in.</summary>
    public static void MapShares(this IEndpointRouteBuilder routes)
    {
        var shares = routes.MapGroup("/api/jobs/{id}/shares").WithTag(ApiTag.Jobs).RequireAuthorization();
        shares.MapPost("", ShareAsync)
            .Accepts<NewShare>("application/json")
            .Produces<ShareView>(StatusCodes.Status201Created)
            .WithBodyExample("""{"account":"bob","right":"read"}""")
            .Describe(
                "shareJob", "Shares a job",
                "With an `account`, by its name or id, to `read` or to `manage`; without one, by a `link` that whoever has it may " +
                "read by until `expiresAt` (a week, unless you say; a year at most). The answer, and only it, has the link. " +
                "Sharing with the same account again replaces what it had. Whoever manages a job may share it.")
            .Problems(400, 403, 404, 410, 415, 422, 429);
        shares.MapGet("", ListAsync)
            .Produces<ShareViews>()
            .Describe("listJobShares", "With whom a job is shared", "And who opened its links: when, how often, from where. To whoever manages the job.")
            .Problems(403, 404, 410);
        shares.MapDelete("/{share}", RevokeAsync)
            .Produces(StatusCodes.Status204NoContent)
            .Describe("revokeJobShare", "Takes a share back", "Streams and pages that are open by it end within five seconds.")
            .Problems(403, 404, 410);
        routes.MapGet("/api/shares", ListMineAsync).WithTag(ApiTag.Jobs).RequireAuthorization()
            .Produces<SharedJobViews>()
            .Describe(
                "listShares", "What is shared with the caller",
                "Jobs of others, by whom and to do what, those shared last first. `GET /api/jobs?shared=true` has their states. " +
                "`next` is the `cursor` of the page after this one; `limit` is 1 to 200, 50 by default.")
            .Problems(400);
        routes.MapGet(ShareLinks.Path, (HttpContext context, ShareLinks links) => links.OpenAsync(context)).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>What is answered instead where nobody signs in.</summary>
    public static void MapNoShares(this IEndpointRouteBuilder routes)
    {
        foreach (var path in (string[])["/api/jobs/{id}/shares", "/api/jobs/{id}/shares/{share}", "/api/shares"])
            routes.Map(path, static () => new ProblemResult(Local)).RequireAuthorization().ExcludeFromDescription();
    }

    private static async Task<Results<JsonHttpResult<ShareView>, ProblemResult>> ShareAsync(
        [AsParameters] JobCall call, HttpContext context, JobSharing sharing)
    {
        if (!await sharing.IsManagedAsync(call.Id, call.Owner, call.Aborted))
            return await call.AbsentAsync();
        var wanted = await JsonBody.ReadAsync(context.Request, SharesJson.Default.NewShare, call.Aborted);
        if (await sharing.ShareAsync(call.Id, Actor.Of(context), wanted, call.Aborted) is not { } share)
            return await call.AbsentAsync();
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(
            share.Link is { } link ? share with { Link = context.Request.PathBase + link } : share, SharesJson.Default.ShareView,
            statusCode: StatusCodes.Status201Created);
    }

    private static async Task<Results<JsonHttpResult<ShareViews>, ProblemResult>> ListAsync([AsParameters] JobCall call, JobSharing sharing) =>
        await sharing.ListAsync(call.Id, call.Owner, call.Aborted) is { } shares
            ? TypedResults.Json(new ShareViews(shares), SharesJson.Default.ShareViews)
            : await call.AbsentAsync();

    private static async Task<Results<NoContent, ProblemResult>> RevokeAsync(
        [AsParameters] JobCall call, string share, HttpContext context, JobSharing sharing) =>
        await sharing.RevokeAsync(call.Id, share, Actor.Of(context), call.Aborted) switch
        {
            true => TypedResults.NoContent(),
            false => new ProblemResult(NoShare),
            null => await call.AbsentAsync(),
        };

    private static async Task<JsonHttpResult<SharedJobViews>> ListMineAsync(
        ClaimsPrincipal user, JobSharing sharing, string? cursor, int? limit, CancellationToken aborted)
    {
        var (shares, next) = await sharing.ListWithAsync(
            user.Owner(), Parameters.Cursor(nameof(cursor), cursor), Parameters.Number(nameof(limit), limit, DefaultLimit, 1, MaxLimit), aborted);
        return TypedResults.Json(
            new SharedJobViews(shares, next?.ToString(CultureInfo.InvariantCulture)), SharesJson.Default.SharedJobViews);
    }
}
