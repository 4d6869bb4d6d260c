using Microsoft.AspNetCore.Http.HttpResults;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads.Analysis.Sessions;

namespace ProgressHub.Web.Components.Hosting;

/// <summary>
/// Gives pages of which there is nothing to see their status. Pages are rendered in a circuit, when the status has been
/// sent long since, so it is found out before: 404 for an address that is none of ours and for a job or a session
/// that does not exist, 410 for a job that is gone. The page itself says it in words, within the frame.
/// </summary>
internal sealed class PageStatus(RequestDelegate next)
{
    private static readonly string[] NotPages = ["/api", "/hubs", "/openapi", "/_blazor", "/_framework"];

    public async Task InvokeAsync(HttpContext context, JobService jobs, AnalysisSessions sessions, ICaller caller)
    {
        if (!WantsPage(context.Request))
        {
            await next(context);
            return;
        }

        if (Below("/analysis", context.Request.Path) is { } session
            && await sessions.FindAsync(caller.Owner, session, context.RequestAborted) is null)
        {
            await ShowAsync(context, StatusCodes.Status404NotFound);
            return;
        }

        if (Below("/jobs", context.Request.Path) is { } job
            && await OfJobAsync(job, jobs, caller.Owner, context.RequestAborted) is var status and not StatusCodes.Status200OK)
        {
            await ShowAsync(context, status);
            return;
        }

        await next(context);
        if (context.GetEndpoint() is null
            && context.Response is { HasStarted: false, StatusCode: StatusCodes.Status404NotFound, ContentType: null })
            await ShowAsync(context, StatusCodes.Status404NotFound);
    }

    private static Task ShowAsync(HttpContext context, int status) =>
        new RazorComponentResult<App> { StatusCode = status }.ExecuteAsync(context);

    private static string? Below(string pages, PathString path) =>
        path.StartsWithSegments(pages, out var rest) && rest.Value?.Split('/') is ["", { Length: > 0 } id] ? id : null;

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
