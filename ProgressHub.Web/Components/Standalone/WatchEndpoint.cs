using System.Security.Claims;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.AspNetCore.Snapshots;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Standalone;

/// <summary>
/// The page to watch one job in: complete as it is sent, so that it tells the state without a script, and live with one.
/// </summary>
internal static class WatchEndpoint
{
    public static void MapWatchPage(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/watch/{id}", GetAsync).RequireAuthorization().WithMetadata(TakesVisitor.Instance).ExcludeFromDescription();

    private static async Task GetAsync(
        string id, HttpContext context, ClaimsPrincipal user, JobService jobs, WorkloadCatalog workloads,
        WatchTemplate template, TimeProvider time)
    {
        var aborted = context.RequestAborted;
        if (!JobId.TryParse(id, null, out var jobId))
        {
            await JobErrorPages.WriteNotFoundAsync(context);
        }
        else if (await jobs.FindWithRightAsync(jobId, user.Owner(), aborted) is { Snapshot: var snapshot } found)
        {
            var last = await jobs.ReadEventsAsync(jobId, user.Owner(), Math.Max(0, snapshot.Seq - WatchLines.Depth), WatchLines.Depth, aborted) ?? [];
            var page = WatchPage.Fill(await template.ReadAsync(aborted), SnapshotNow.Of(snapshot, time.GetUtcNow()),
                UiText.Of(workloads.Find(snapshot.Kind)?.Descriptor.Label ?? snapshot.Kind), found.Right >= JobRight.Manage,
                WatchLines.Of(snapshot.Kind, last.Select(static frame => frame.Decode())));
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.Headers.CacheControl = "no-store";
            await context.Response.WriteAsync(page, aborted);
        }
        else
        {
            var purged = await jobs.WasPurgedAsync(jobId, user.Owner(), aborted);
            await (purged ? JobErrorPages.WriteGoneAsync(context) : JobErrorPages.WriteNotFoundAsync(context));
        }
    }
}
