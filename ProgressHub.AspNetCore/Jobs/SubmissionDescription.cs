using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using ProgressHub.AspNetCore.Http;

namespace ProgressHub.AspNetCore.Jobs;

/// <summary>What the types do not say in the API's description of requests about jobs: examples, the form, the header.</summary>
internal static class SubmissionDescription
{
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

    /// <summary>Describes the form and the header that make a submission, and gives an example.</summary>
    public static RouteHandlerBuilder DescribeSubmission(this RouteHandlerBuilder endpoint) =>
        endpoint.AddOpenApiOperationTransformer(static (operation, _, _) =>
        {
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = IdempotencyKeyHeader.Name,
                In = ParameterLocation.Header,
                Description = "Makes the request safe to repeat.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 255 },
            });
            SetExample(operation, """
                {"kind":"translation","title":"Letter","tags":["home"],
                 "input":{"text":"Hello, world.","format":"plain","targetLanguage":"es"}}
                """);
            if (operation.RequestBody?.Content is { } bodies)
                bodies["multipart/form-data"] = new OpenApiMediaType { Schema = Form };
            return Task.CompletedTask;
        });

    /// <summary>Gives an example of a JSON body.</summary>
    public static RouteHandlerBuilder WithBodyExample(this RouteHandlerBuilder endpoint, string json) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            SetExample(operation, json);
            return Task.CompletedTask;
        });

    private static void SetExample(OpenApiOperation operation, string json)
    {
        if (operation.RequestBody?.Content?.TryGetValue("application/json", out var body) == true)
            body.Example = JsonNode.Parse(json);
    }
}
