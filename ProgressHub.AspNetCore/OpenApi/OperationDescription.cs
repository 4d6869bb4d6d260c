using System.Globalization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Problems;

namespace ProgressHub.AspNetCore.OpenApi;

/// <summary>What every operation of the API may answer and may need, whatever was asked for.</summary>
internal static class OperationDescription
{
    // What the guard answers, and any defect.
    private static readonly int[] Always = [403, 500];

    public static Task DescribeAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var status in Always)
        {
            operation.Responses ??= [];
            operation.Responses.TryAdd(status.ToString(CultureInfo.InvariantCulture), new OpenApiResponse
            {
                Description = ReasonPhrases.GetReasonPhrase(status),
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [Problem.ContentType] = new() { Schema = new OpenApiSchemaReference(nameof(Problem), context.Document) },
                },
            });
        }

        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<ApiBearer>().FirstOrDefault() is { } bearer)
        {
            operation.Security =
            [
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(bearer.Scheme, context.Document)] = [] },
            ];
        }

        return Task.CompletedTask;
    }
}
