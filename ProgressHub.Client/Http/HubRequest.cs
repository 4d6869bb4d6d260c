using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ProgressHub.Client.Http;

/// <summary>One request.</summary>
internal sealed record HubRequest(HttpMethod Method, string Path)
{
    public string Accept { get; init; } = "application/json";

    public HttpContent? Content { get; init; }

    /// <summary>Sent instead of the client's own token.</summary>
    public string? Token { get; init; }

    /// <summary>How long the server may hold its answer back.</summary>
    public TimeSpan Wait { get; init; }

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public static HubRequest Get(string path) => new(HttpMethod.Get, path);

    public static HubRequest Post(string path) => new(HttpMethod.Post, path);

    public static HubRequest Post<T>(string path, T body, JsonTypeInfo<T> type) =>
        new(HttpMethod.Post, path) { Content = Json(JsonSerializer.SerializeToUtf8Bytes(body, type)) };

    public static HttpContent Json(byte[] body) =>
        new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
}
