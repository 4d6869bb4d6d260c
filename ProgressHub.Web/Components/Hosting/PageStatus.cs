using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Workloads.Analysis.Sessions;
using ProgressHub.Workloads.Knowledge;

namespace ProgressHub.Web.Components.Hosting;

/// <summary>
/// Gives pages of which there is nothing to see their status. Pages are rendered in a circuit, when the status has been
/// sent long since, so it is found out before: 404 for an address that is none of ours, for the administration to whoever has none of it and for a job, a collection or
/// a session that does not exist, 410 for a job that is gone. The page itself says it in words, within the frame.
/// </summary>
internal sealed class PageStatus(RequestDelegate next)
{
    private static readonly string[] NotPages = ["/api", "/hubs", "/openapi", "/_blazor", "/_framework"];

    public async Task InvokeAsync(HttpContext context, JobService jobs, KnowledgeLibrary library, AnalysisSessions sessions, ICaller caller)
    {
        if (!WantsPage(context.Request))
        {
            await next(context);
            return;
        }

        // There is no circuit yet, which a caller who signed in acts in.
        if (context.Request.Path.StartsWithSegments("/admin") && !IsAdministrator(context.User))
        {
            await ShowAsync(context, StatusCodes.Status404NotFound);
            return;
        }

        string Owner() => context.User.Identity is { IsAuthenticated: true } ? context.User.Owner() : caller.Owner;
        var status = After("/jobs", context.Request.Path) is { } job
            ? await OfJobAsync(job, jobs, Owner(), context.RequestAborted)
            : After("/collections", context.Request.Path) is { } collection
            ? await OfCollectionAsync(collection, library, Owner(), context.RequestAborted)
            : After("/analysis", context.Request.Path) is { } session
            ? await OfSessionAsync(session, sessions, Owner(), context.RequestAborted)
            : StatusCodes.Status200OK;
        if (status != StatusCodes.Status200OK)
        {
            await ShowAsync(context, status);
            return;
        }

        await next(context);
        if (context.GetEndpoint() is null
            && context.Response is { HasStarted: false, StatusCode: StatusCodes.Status404NotFound, ContentType: null })
            await ShowAsync(context, StatusCodes.Status404NotFound);
    }

    // Whoever has not signed in is asked to, here as everywhere.
    private static bool IsAdministrator(ClaimsPrincipal user) =>
        user.Identity is not { IsAuthenticated: true } || (user.Allows(AccessScope.Admin) && user.Grant() is not null);

    private static Task ShowAsync(HttpContext context, int status) =>
        new RazorComponentResult<App> { StatusCode = status }.ExecuteAsync(context);

    private static string? After(string pages, PathString path) =>
        path.StartsWithSegments(pages, out var rest) && rest.Value?.Split('/') is ["", { Length: > 0 } id] ? id : null;

    private static async Task<int> OfCollectionAsync(
        string id, KnowledgeLibrary library, string owner, CancellationToken cancellationToken)
    {
        try
        {
            return await library.FindAsync(owner, id, cancellationToken) is null
                ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        }
        catch (StorageUnavailableException)
        {
            return StatusCodes.Status200OK;
        }
    }

    private static async Task<int> OfSessionAsync(
        string id, AnalysisSessions sessions, string owner, CancellationToken cancellationToken) =>
        await sessions.FindAsync(owner, id, cancellationToken) is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;

    private static async Task<int> OfJobAsync(string text, JobService jobs, string owner, CancellationToken cancellationToken)
    {
        try
        {
            if (!JobId.TryParse(text, null, out var id))
                return StatusCodes.Status404NotFound;
            if (await jobs.FindAsync(id, owner, cancellationToken) is not null)
                return StatusCodes.Status200OK;
            return await jobs.WasPurgedAsync(id, owner, cancellationToken)
                ? StatusCodes.Status410Gone
                : StatusCodes.Status404NotFound;
        }
        catch (StorageUnavailableException)
        {
            // The page tries again by itself until it knows.
            return StatusCodes.Status200OK;
        }
    }

    private static bool WantsPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        && !Array.Exists(NotPages, path => request.Path.StartsWithSegments(path))
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
