using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Jobs;
using ProgressHub.Web.Problems;

namespace ProgressHub.Web.OpenApi;

/// <summary>The machine-readable description of the API at <c>/openapi/v1.json</c>, and the page to try it at <c>/docs</c>.</summary>
internal static class OpenApiSetup
{
    public static IServiceCollection AddApiDescription(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(static json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, EventJson.Context);
        });
        return services.AddOpenApi(static options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddDocumentTransformer(DescribeAsync);
            options.AddOperationTransformer(DescribeRequestAsync);
            options.AddOperationTransformer(DescribeProblemsAsync);
            options.AddSchemaTransformer(DescribeIdAsync);
        });
    }

    public static void MapApiDescription(this IEndpointRouteBuilder routes) => routes.MapOpenApi();

    public static void UseApiPage(this IApplicationBuilder app) => app.UseSwaggerUI(static page =>
    {
        page.RoutePrefix = "docs";
        page.DocumentTitle = "ProgressHub API";
        page.SwaggerEndpoint("/openapi/v1.json", "ProgressHub API v1");
        page.EnableTryItOutByDefault();
    });

    private static Task DescribeAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "ProgressHub",
            Version = "v1",
            Description = "Long jobs, shown live. Submit one, then watch it: `curl -N` its events, or poll its snapshot. " +
                "Every error is `application/problem+json` with a stable `code`.",
        };

        // Whatever address it was reached by is the right one.
        document.Servers = [];
        return Task.CompletedTask;
    }

    private static Task DescribeIdAsync(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Type == typeof(JobId) || context.JsonTypeInfo.Type == typeof(JobId?))
        {
            schema.Type = JsonSchemaType.String;
            schema.Pattern = "^[0-9a-f]{32}$";
            schema.Examples = ["5f0c2a9b7d4e41c8a6f3b2d1e0c9f8a7"];
        }

        return Task.CompletedTask;
    }

    private static Task DescribeRequestAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var bodies = operation.RequestBody?.Content;
        switch (operation.OperationId)
        {
            case "submitJob" when bodies is not null:
                (operation.Parameters ??= []).Add(new OpenApiParameter
                {
                    Name = IdempotencyKeyHeader.Name,
                    In = ParameterLocation.Header,
                    Description = "Makes the request safe to repeat.",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 255 },
                });
                SetExample(bodies, """
                    {"kind":"translation","title":"Letter","tags":["home"],
                     "input":{"text":"Hello, world.","format":"plain","targetLanguage":"es"}}
                    """);
                bodies["multipart/form-data"] = new OpenApiMediaType { Schema = Form };
                break;
            case "retryJob" when bodies is not null:
                SetExample(bodies, """{"scope":"failed-items"}""");
                break;
            case "answerJob" when bodies is not null:
                SetExample(bodies, """{"requestId":"1c9e04b7","answer":"yes"}""");
                break;
        }

        return Task.CompletedTask;
    }

    // What the guard, the rate limiter and any defect may answer, whatever was asked for.
    private static Task DescribeProblemsAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) != true)
            return Task.CompletedTask;
        foreach (var status in (int[])[403, 500])
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

        return Task.CompletedTask;
    }

    private static OpenApiSchema Form => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "kind" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["kind"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["title"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["tags"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String },
            },
            ["input"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "A JSON object." },
            ["webhook"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "A JSON object: url, events, secret." },
            ["file"] = new OpenApiSchema
            {
                Type = JsonSchemaType.String, Format = "binary", Description = "A text in UTF-8; becomes input.text.",
            },
        },
    };

    private static void SetExample(IDictionary<string, OpenApiMediaType> bodies, string json)
    {
        if (bodies.TryGetValue("application/json", out var body))
            body.Example = JsonNode.Parse(json);
    }
}
