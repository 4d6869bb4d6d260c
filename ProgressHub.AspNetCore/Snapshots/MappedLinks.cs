using Microsoft.AspNetCore.Routing.Patterns;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Snapshots;

/// <summary>Which addresses of a job this host answers at; a link leads nowhere else.</summary>
internal sealed class MappedLinks(EndpointDataSource endpoints)
{
    private const string Job = "/api/jobs/{id}";

    // Looked up once the host runs: a host maps what is its own after ours.
    private readonly Lazy<Mapped> _mapped = new(() => Find(endpoints));

    /// <summary>The addresses of a job; null where there are none.</summary>
    public JobLinks? Of(JobId id) => _mapped.Value is var has && has == default ? null : new JobLinks(
        has.Self ? $"/api/jobs/{id}" : null,
        has.Events ? $"/api/jobs/{id}/events" : null,
        has.Partials ? $"/api/jobs/{id}/partials" : null,
        has.Result ? $"/api/jobs/{id}/result" : null,
        has.Watch ? $"/watch/{id}" : null);

    private static Mapped Find(EndpointDataSource endpoints)
    {
        var all = endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(TakesGet).Select(e => Shape(e.RoutePattern)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new Mapped(Has(Job), Has($"{Job}/events"), Has($"{Job}/partials"), Has($"{Job}/result"), Has("/watch/{id}"));

        bool Has(string pattern) => all.Contains(Shape(RoutePatternFactory.Parse(pattern)));
    }

    // Whatever a parameter is called, and whatever it must look like.
    private static string Shape(RoutePattern pattern) => string.Join('/', pattern.PathSegments.Select(
        segment => segment.Parts is [RoutePatternLiteralPart literal] ? literal.Content : "{}"));

    private static bool TakesGet(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is not { HttpMethods.Count: > 0 } methods
        || methods.HttpMethods.Contains(HttpMethods.Get, StringComparer.OrdinalIgnoreCase);

    private readonly record struct Mapped(bool Self, bool Events, bool Partials, bool Result, bool Watch);
}
