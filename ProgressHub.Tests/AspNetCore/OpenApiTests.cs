using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore;

public sealed class OpenApiTests(WebServer server) : IClassFixture<WebServer>
{
    private static readonly string[] Methods = ["get", "post", "put", "delete", "patch", "head", "options"];

    [Fact]
    public async Task The_description_is_OpenAPI_3_1_and_names_every_route_of_the_API()
    {
        var document = await server.GetAsync("/openapi/v1.json");
        var described = Operations(document).Select(o => $"{o.Method} {o.Path}").Order();
        var routes = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/api", StringComparison.Ordinal)
                || e.RoutePattern.RawText.StartsWith("/health", StringComparison.Ordinal)
                || (e.Metadata.GetMetadata<OpenTo>() is not null
                    && e.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is not { ExcludeFromDescription: true }))
            .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
                .Select(m => $"{m.ToLowerInvariant()} {e.RoutePattern.RawText!.TrimEnd('/')}"))
            .Order();

        Assert.StartsWith("3.1.", document.Text("openapi"), StringComparison.Ordinal);
        Assert.Equal(routes, described);
    }

    [Fact]
    public async Task Every_operation_has_a_name_a_summary_its_problems_and_its_path_parameters()
    {
        var operations = Operations(await server.GetAsync("/openapi/v1.json")).ToList();

        var names = operations.Where(o => o.Operation.TryGetProperty("operationId", out _))
            .Select(o => o.Operation.Text("operationId")).ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
        foreach (var (path, _, operation) in operations)
        {
            Assert.NotEmpty(operation.Text("summary")!);
            if (path.StartsWith("/api/jobs", StringComparison.Ordinal))
            {
                Assert.NotEmpty(operation.Text("operationId")!);
                Assert.NotEmpty(operation.Text("description")!);
            }

            if (!path.StartsWith("/api", StringComparison.Ordinal))
                continue;
            var problem = operation.GetProperty("responses").GetProperty("500").GetProperty("content")
                .GetProperty("application/problem+json").GetProperty("schema").Text("$ref");
            Assert.Equal("#/components/schemas/Problem", problem);
            if (path.Contains("{id}", StringComparison.Ordinal))
            {
                var id = operation.GetProperty("parameters").EnumerateArray().Single(p => p.Text("name") == "id");
                Assert.Equal("path", id.Text("in"));
            }
        }
    }

    [Fact]
    public async Task The_shapes_are_those_on_the_wire_with_words_to_them()
    {
        var document = await server.GetAsync("/openapi/v1.json");
        var schemas = document.GetProperty("components").GetProperty("schemas");

        var states = schemas.GetProperty("JobState").GetProperty("enum").EnumerateArray().Select(s => s.GetString());
        Assert.Contains("waitingForInput", states);
        Assert.True(schemas.GetProperty("JobSnapshot").GetProperty("properties").TryGetProperty("pendingInput", out _));
        Assert.True(schemas.GetProperty("Problem").GetProperty("properties").TryGetProperty("code", out _));
        var submit = document.GetProperty("paths").GetProperty("/api/jobs").GetProperty("post");
        var bodies = submit.GetProperty("requestBody").GetProperty("content");
        Assert.Equal("translation", bodies.GetProperty("application/json").GetProperty("example").Text("kind"));
        Assert.True(bodies.GetProperty("multipart/form-data").GetProperty("schema").GetProperty("properties").TryGetProperty("file", out _));
        Assert.Contains(submit.GetProperty("parameters").EnumerateArray(), p => p.Text("name") == "Idempotency-Key");
    }

    [Fact]
    public async Task No_reference_leads_nowhere()
    {
        var document = await server.GetAsync("/openapi/v1.json");

        foreach (var reference in References(document))
        {
            var target = reference.TrimStart('#', '/').Split('/').Aggregate(document, (at, name) => at.GetProperty(name));
            Assert.Equal(JsonValueKind.Object, target.ValueKind);
        }
    }

    private static IEnumerable<(string Path, string Method, JsonElement Operation)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        where Methods.Contains(operation.Name)
        select (path.Name, operation.Name, operation.Value);

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p =>
            p is { Name: "$ref", Value.ValueKind: JsonValueKind.String } ? [p.Value.GetString()!] : References(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
