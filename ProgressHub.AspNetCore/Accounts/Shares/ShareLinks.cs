using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Accounts;
using ProgressHub.Core.Execution;

namespace ProgressHub.AspNetCore.Accounts.Shares;

/// <summary>
/// Opens links to jobs. What a link says is exchanged at once for the account of who has signed in, or else for a cookie:
/// the page that is shown has an address without a secret.
/// </summary>
internal sealed class ShareLinks(AccountDatabase database, JobService jobs, AuditTrail audit, LinkThrottle throttle, TimeProvider time)
{
    /// <summary>How the path of a link begins.</summary>
    public const string Path = "/s";

    private const int MostOpeners = 10_000;

    private static readonly Problem NoLink = Problem.Of(
        StatusCodes.Status404NotFound, "link_not_found",
        "This link was revoked, its time is over, or it is mistyped. Ask whoever sent it for another.");

    private static readonly Problem Busy = Problem.Of(
        StatusCodes.Status429TooManyRequests, "too_many_links", "Too many links were opened from your address. Wait a minute, then try again.");

    /// <summary>The path of the link with a secret.</summary>
    public static string PathOf(string secret) => $"{Path}/{secret}";

    /// <summary>Answers a request for a link: leads to the page of the job, or says that the link is none.</summary>
    public async Task OpenAsync(HttpContext context)
    {
        var aborted = context.RequestAborted;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        if (!throttle.TryEnter(context))
        {
            await ErrorPage.WriteAsync(context, Busy);
            return;
        }

        var now = time.GetUtcNow();
        if (HiddenSecret.Of(context) is not { } secret
            || await database.Shares.FindBySecretAsync(AccessSecret.HashOf(secret), aborted) is not { } link || link.IsOver(now)
            || await jobs.FindWithRightAsync(link.Job, link.OwnerId, aborted) is not { Right: Core.Jobs.JobRight.Own })
        {
            await ErrorPage.WriteAsync(context, NoLink);
            return;
        }

        var account = context.User.Identity is { IsAuthenticated: true } ? context.User.Owner() : null;
        if (account != link.OwnerId)
        {
            var opener = account ?? VisitorOf(context, now);
            await database.Shares.OpenAsync(link, opener, context.Connection.RemoteIpAddress?.ToString(), now, MostOpeners, aborted);
            await audit.AddAsync(context, account, "share.opened", $"{link.Job}/{link.Id}");
        }

        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = $"{context.Request.PathBase}/watch/{link.Job}";
    }

    private static string VisitorOf(HttpContext context, DateTimeOffset now)
    {
        var secret = VisitorCookie.Read(context.Request) ?? AccessSecret.New("");
        VisitorCookie.Write(context, secret, now + VisitorCookie.Lifetime);
        return VisitorCookie.NameOf(secret);
    }
}
