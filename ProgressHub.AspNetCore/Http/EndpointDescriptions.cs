using ProgressHub.AspNetCore.Problems;

namespace ProgressHub.AspNetCore.Http;

/// <summary>Short ways to say in the API's description what an endpoint does.</summary>
internal static class EndpointDescriptions
{
    /// <summary>Its name for programs, its name for people, and what to know about it.</summary>
    public static RouteHandlerBuilder Describe(
        this RouteHandlerBuilder endpoint, string operationId, string summary, string description) =>
        endpoint.WithName(operationId).WithSummary(summary).WithDescription(description);

    /// <summary>What it belongs to, and what that is for.</summary>
    public static TBuilder WithTag<TBuilder>(this TBuilder endpoints, ApiTag tag)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithTags(tag.Name).WithMetadata(tag);

    /// <summary>The statuses it may answer with problem details, besides those of every endpoint.</summary>
    public static RouteHandlerBuilder Problems(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
            endpoint.Produces<Problem>(status, Problem.ContentType);
        return endpoint;
    }
}
