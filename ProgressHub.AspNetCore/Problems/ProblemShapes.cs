using Microsoft.AspNetCore.Routing.Template;

namespace ProgressHub.AspNetCore.Problems;

/// <summary>In which shape a request is refused.</summary>
internal static class ProblemShapes
{
    /// <summary>
    /// That of its endpoint; where the address is one of a dialect's but takes no such method or body, that of the
    /// endpoints there, for routing's own refusal has none. Null for problem details.
    /// </summary>
    public static IProblemShape? Of(HttpContext context) => context.GetEndpoint() switch
    {
        null => null,
        RouteEndpoint endpoint => Of(endpoint),
        _ => context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => Of(endpoint) is not null && IsAt(endpoint, context.Request.Path))
            .Select(Of).FirstOrDefault(),
    };

    private static IProblemShape? Of(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IProblemShape>();

    private static bool IsAt(RouteEndpoint endpoint, PathString path) =>
        new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(path, []);
}
