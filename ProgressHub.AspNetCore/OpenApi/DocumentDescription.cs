using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using ProgressHub.AspNetCore.Http;

namespace ProgressHub.AspNetCore.OpenApi;

/// <summary>What the API's description says of the whole.</summary>
internal static class DocumentDescription
{
    public static Task DescribeAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "ProgressHub",
            Version = "v1",
            Description = "Long jobs, shown live. Submit one, then watch it: `curl -N` its events, or poll its snapshot. " +
                "Every error is `application/problem+json` with a stable `code`.",
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        };

        // Whatever address it was reached by is the right one.
        document.Servers = [new OpenApiServer { Url = "/", Description = "This server" }];

        // In local mode whoever reaches the server may ask: nothing need be sent.
        document.Security = [[]];
        var endpoints = context.DescriptionGroups.SelectMany(g => g.Items)
            .SelectMany(i => i.ActionDescriptor.EndpointMetadata).ToList();
        document.Tags = endpoints.OfType<ApiTag>().DistinctBy(t => t.Name)
            .Select(t => new OpenApiTag { Name = t.Name, Description = t.Description }).ToHashSet();
        foreach (var bearer in endpoints.OfType<ApiBearer>().DistinctBy(b => b.Scheme))
        {
            document.AddComponent(bearer.Scheme, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http, Scheme = "bearer", Description = bearer.Description,
            });
        }

        return Task.CompletedTask;
    }
}
