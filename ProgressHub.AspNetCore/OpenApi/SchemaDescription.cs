using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using ProgressHub.AspNetCore.Snapshots;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.OpenApi;

/// <summary>What types do not say of the JSON they are written as.</summary>
internal static class SchemaDescription
{
    public static async Task DescribeAsync(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        if (type == typeof(JobId) || type == typeof(JobId?))
        {
            schema.Type = JsonSchemaType.String;
            schema.Pattern = "^[0-9a-f]{32}$";
            schema.Examples = ["5f0c2a9b7d4e41c8a6f3b2d1e0c9f8a7"];
        }
        else if (type == typeof(JobSnapshot) && schema.Properties is { } properties)
        {
            // What the server that sends it adds.
            var additions = await context.GetOrCreateSchemaAsync(typeof(SnapshotAdditions), null, cancellationToken);
            foreach (var (name, property) in additions.Properties ?? new Dictionary<string, IOpenApiSchema>())
                properties.TryAdd(name, property);
        }
    }
}
