using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Net.Http.Headers;
using ProgressHub.AspNetCore.Problems;

namespace ProgressHub.AspNetCore.Http;

/// <summary>Reads a request's JSON body; the endpoint's body limit bounds it.</summary>
internal static class JsonBody
{
    /// <summary>Reads a body that must be there.</summary>
    /// <exception cref="RefusedException">415, or 400 as <see cref="JsonText.Read"/> says.</exception>
    public static async Task<T> ReadAsync<T>(
        HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        await ReadOptionalAsync(request, type, cancellationToken)
        ?? throw new RefusedException(StatusCodes.Status400BadRequest, "body_missing", "The request has no body; this address takes JSON.");

    /// <summary>Reads a body, or null where there is none.</summary>
    /// <exception cref="RefusedException">415, or 400 as <see cref="JsonText.Read"/> says.</exception>
    public static async Task<T?> ReadOptionalAsync<T>(
        HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        if (body.Length == 0)
            return null;
        if (!IsJson(request))
            throw new RefusedException(ProblemMapping.Of(StatusCodes.Status415UnsupportedMediaType));
        return JsonText.Read(body.GetBuffer().AsSpan(0, (int)body.Length), type);
    }

    /// <summary>Reads a body that must be there, of any shape.</summary>
    /// <exception cref="RefusedException">415, or 400 as <see cref="JsonText.Read"/> says.</exception>
    public static async Task<JsonElement> ReadElementAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        if (body.Length == 0)
            throw new RefusedException(StatusCodes.Status400BadRequest, "body_missing", "The request has no body; this address takes JSON.");
        if (!IsJson(request))
            throw new RefusedException(ProblemMapping.Of(StatusCodes.Status415UnsupportedMediaType));
        return JsonText.Read(body.GetBuffer().AsSpan(0, (int)body.Length), HttpJson.Default.JsonElement);
    }

    private static bool IsJson(HttpRequest request) =>
        request.HasJsonContentType()
        && MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));
}
