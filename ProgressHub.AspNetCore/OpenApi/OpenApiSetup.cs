using Microsoft.OpenApi;
using ProgressHub.AspNetCore.Security;

namespace ProgressHub.AspNetCore.OpenApi;

/// <summary>The machine-readable description of the API at <c>/openapi/v1.json</c>, and the page to try it at <c>/docs</c>.</summary>
internal static class OpenApiSetup
{
    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi(static options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer(DocumentDescription.DescribeAsync);
        options.AddOperationTransformer(OperationDescription.DescribeAsync);
        options.AddSchemaTransformer(SchemaDescription.DescribeAsync);
    });

    public static void MapApiDescription(this IEndpointRouteBuilder routes) => routes.MapOpenApi().WithMetadata(NeedsScope.Anything);

    public static void UseApiPage(this IApplicationBuilder app) => app.UseSwaggerUI(static page =>
    {
        page.RoutePrefix = "docs";
        page.DocumentTitle = "ProgressHub API";
        page.SwaggerEndpoint("/openapi/v1.json", "ProgressHub API v1");
        page.EnableTryItOutByDefault();
    });
}
