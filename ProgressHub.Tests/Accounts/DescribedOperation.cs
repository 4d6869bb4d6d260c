using System.Text.Json;
using System.Text.RegularExpressions;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Accounts;

/// <summary>An operation of the API's description: nothing that is described is left out, and nothing need be listed.</summary>
/// <param name="Method">Its method, in capitals.</param>
/// <param name="Path">Its path with names in braces.</param>
/// <param name="Tag">What it belongs to.</param>
/// <param name="MediaType">What it takes for a body, JSON where it takes several; null where it takes none.</param>
/// <param name="Example">A body that can be read, where that is JSON.</param>
internal sealed partial record DescribedOperation(string Method, string Path, string Tag, string? MediaType, string Example)
{
    /// <summary>Whether anybody may: whether the server runs is no secret.</summary>
    public bool IsOpen => Tag == "Health";

    /// <summary>The names in its path.</summary>
    public IReadOnlyList<string> Names => [.. Name().Matches(Path).Select(m => m.Groups["name"].Value)];

    public static async Task<IReadOnlyList<DescribedOperation>> ReadAsync(HttpClient client)
    {
        var document = (await client.AskAsync(HttpMethod.Get, "/openapi/v1.json")).Body;
        return
        [
            .. document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
                .Where(o => o.Value.TryGetProperty("responses", out _))
                .Select(o => new DescribedOperation(
                    o.Name.ToUpperInvariant(), path.Name, o.Value.GetProperty("tags")[0].GetString()!, MediaTypeOf(o.Value), ExampleOf(o.Value)))),
        ];
    }

    /// <summary>A request of it, with values for the names.</summary>
    public HttpRequestMessage Request(Func<string, string> valueOf)
    {
        // What searches in something of somebody's says what for.
        var path = Name().Replace(Path, m => Uri.EscapeDataString(valueOf(m.Groups["name"].Value)));
        var request = new HttpRequestMessage(new HttpMethod(Method), Names.Count == 0 ? path : $"{path}?q=x");
        request.Headers.TryAddWithoutValidation("Tus-Resumable", "1.0.0");
        request.Headers.TryAddWithoutValidation("Upload-Offset", "0");
        request.Content = MediaType switch
        {
            null => null,
            "application/json" => WebServer.Raw(Example),
            "multipart/form-data" => new MultipartFormDataContent { { new ByteArrayContent([1]), "file", "a.wav" } },
            _ => new ByteArrayContent([1]) { Headers = { ContentType = new(MediaType) } },
        };
        return request;
    }

    public override string ToString() => $"{Method} {Path}";

    private static string? MediaTypeOf(JsonElement operation) => operation.TryGetProperty("requestBody", out var body)
        ? body.GetProperty("content").EnumerateObject().Select(c => c.Name).OrderBy(name => name != "application/json").First()
        : null;

    private static string ExampleOf(JsonElement operation) =>
        operation.TryGetProperty("requestBody", out var body)
        && body.GetProperty("content").TryGetProperty("application/json", out var json)
        && json.TryGetProperty("example", out var example)
            ? example.GetRawText()
            : "{}";

    [GeneratedRegex(@"\{(?<name>\w+)\}")]
    private static partial Regex Name();
}
