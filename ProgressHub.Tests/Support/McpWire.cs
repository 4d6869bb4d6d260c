using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProgressHub.Tests.Support;

/// <summary>Speaks MCP by hand, as protocol 2026-07-28 has it: a request is all that a server needs to know.</summary>
internal sealed class McpWire(HttpClient http)
{
    public const string Protocol = "2026-07-28";
    private const string Tasks = """{"elicitation":{"form":{}},"extensions":{"io.modelcontextprotocol/tasks":{}}}""";

    /// <summary>Whether the client says that it takes tasks.</summary>
    public bool TakesTasks { get; init; } = true;

    /// <summary>Who asks, on a server that tells callers apart by it.</summary>
    public string? Owner { get; init; }

    /// <summary>Calls a tool; the answer, with <c>result</c> or <c>error</c>.</summary>
    public Task<JsonElement> CallAsync(string tool, object arguments, JsonObject? meta = null) =>
        AskAsync("tools/call", new JsonObject { ["name"] = tool, ["arguments"] = JsonSerializer.SerializeToNode(arguments), ["_meta"] = meta }, tool);

    /// <summary>Asks about a task.</summary>
    public Task<JsonElement> AskAsync(string method, string task, JsonObject? more = null)
    {
        var parameters = more ?? [];
        parameters["taskId"] = task;
        return AskAsync(method, parameters, task);
    }

    /// <summary>Reads the text of a resource.</summary>
    public async Task<string> ReadAsync(string uri)
    {
        var answer = await AskAsync("resources/read", new JsonObject { ["uri"] = uri }, uri);
        return answer.GetProperty("result").GetProperty("contents")[0].Text("text")!;
    }

    /// <summary>Sends a request; its answer.</summary>
    public async Task<JsonElement> AskAsync(string method, JsonObject parameters, string? name = null)
    {
        using var response = await SendAsync(method, parameters, name);
        var messages = Messages(await response.Content.ReadAsStringAsync());
        return messages.Single(message => message.TryGetProperty("id", out _));
    }

    /// <summary>Sends a request; the whole response.</summary>
    public Task<HttpResponseMessage> SendAsync(string method, JsonObject parameters, string? name = null)
    {
        var meta = parameters["_meta"] as JsonObject ?? [];
        meta["io.modelcontextprotocol/protocolVersion"] = Protocol;
        meta["io.modelcontextprotocol/clientInfo"] = new JsonObject { ["name"] = "test", ["version"] = "1" };
        meta["io.modelcontextprotocol/clientCapabilities"] = TakesTasks ? JsonNode.Parse(Tasks) : new JsonObject();
        parameters["_meta"] = meta.Parent is null ? meta : meta.DeepClone();
        return PostAsync(
            new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = method, ["params"] = parameters }.ToJsonString(),
            ("MCP-Protocol-Version", Protocol), ("Mcp-Method", method), ("Mcp-Name", name));
    }

    /// <summary>Posts whatever is to be posted.</summary>
    public Task<HttpResponseMessage> PostAsync(string body, params (string Name, string? Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        foreach (var (name, value) in headers.Append(("X-Owner", Owner)).Where(h => h.Item2 is not null))
            request.Headers.TryAddWithoutValidation(name, value);
        return http.SendAsync(request);
    }

    /// <summary>The messages of a response, whether it is a stream or not.</summary>
    public static IReadOnlyList<JsonElement> Messages(string body) => body.StartsWith('{')
        ? [JsonElement.Parse(body)]
        : [.. body.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => JsonElement.Parse(line[6..]))];
}
