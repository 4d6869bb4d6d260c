using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Nodes;

namespace ProgressHub.AspNetCore.Health;

/// <summary>Shows the servers that run the jobs.</summary>
internal static class NodeEndpoint
{
    public static void MapNodes(this IEndpointRouteBuilder routes) => routes.MapGet("/api/nodes", ListAsync)
        .WithTag(new ApiTag("Nodes", "The servers that run the jobs.")).WithMetadata(NeedsScope.Admin)
        .Produces<NodeList>()
        .Describe(
            "listNodes", "The servers that run the jobs",
            "Each with its jobs, its watchers and its memory; the youngest last, and those that are gone for an hour. A server that has " +
            "its database to itself lists itself alone.");

    private static async Task<IResult> ListAsync(INodeRegister register, INodes nodes, HttpResponse response, CancellationToken aborted)
    {
        var all = await register.ListAsync(aborted);
        response.Headers.CacheControl = "no-store";
        return TypedResults.Json(new NodeList([.. all.Select(node => NodeView.Of(node, nodes.Self))]), HealthJson.Default.NodeList);
    }
}
