using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using ProgressHub.AspNetCore.Security;

namespace ProgressHub.AspNetCore.Mcp;

/// <summary>A call of a tool, and what its caller can take.</summary>
/// <param name="Context">The request.</param>
/// <param name="Params">Its parameters.</param>
internal sealed record ToolCall(RequestContext<CallToolRequestParams> Context, CallToolRequestParams Params)
{
    /// <summary>Who calls, in the words of the engine.</summary>
    public string Owner => McpCaller.OwnerOf(Context);

    /// <summary>Where to tell how far it is; null where the client does not want to be told.</summary>
    public ProgressToken? Progress => Params.ProgressToken;

    /// <summary>Whether the client takes a task for an answer.</summary>
    public bool TakesTasks => McpCaller.TakesTasks(Context);

    /// <summary>Whether the client can put a question to a person.</summary>
    public bool CanAsk => (Context.JsonRpcRequest.Context?.ClientCapabilities ?? Context.Server.ClientCapabilities)?.Elicitation is not null;

    /// <summary>Its arguments, as one object.</summary>
    public JsonElement Arguments { get; } = AsObject(Params.Arguments);

    private static JsonElement AsObject(IDictionary<string, JsonElement>? arguments)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in arguments ?? new Dictionary<string, JsonElement>())
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(bytes.ToArray());
    }
}

/// <summary>Who asks over MCP, and what their client can do.</summary>
internal static class McpCaller
{
    /// <summary>The first protocol in which each request says what its client can do.</summary>
    private const string PerRequest = "2026-07-28";

    /// <summary>Who asks, in the words of the engine: the same as over the API.</summary>
    public static string OwnerOf(MessageContext context) =>
        context.User?.Owner() ?? throw new InvalidOperationException("The request has no caller; /mcp must require authorization.");

    /// <summary>Refuses a request that changes something of a caller who may only look.</summary>
    /// <exception cref="McpException">-32602 with <c>scope_missing</c>.</exception>
    public static void RequireWriting(MessageContext context)
    {
        if (context.User?.Allows(AccessScope.WriteJobs) == false)
            throw new McpProtocolException($"scope_missing: This needs the scope {AccessScope.WriteJobs}.", McpErrorCode.InvalidParams);
    }

    /// <summary>Whether this request says that its client takes tasks.</summary>
    public static bool TakesTasks<TParams>(RequestContext<TParams> context) =>
        IsStateless(context) && context.JsonRpcRequest.Context?.ClientCapabilities?.Extensions?.ContainsKey(JobTasks.Extension) == true;

    /// <summary>Whether a request is of a protocol without sessions, in which there are tasks as this server knows them.</summary>
    public static bool IsStateless<TParams>(RequestContext<TParams> context) =>
        string.CompareOrdinal(context.JsonRpcRequest.Context?.ProtocolVersion, PerRequest) >= 0;

    /// <summary>The refusal of a resource that is not there; its code changed with the protocol.</summary>
    public static McpProtocolException NoResource<TParams>(RequestContext<TParams> context, string why) =>
        new(why, IsStateless(context) ? McpErrorCode.InvalidParams : McpErrorCode.ResourceNotFound);

    /// <summary>Refuses a request about tasks of a client that did not say that it takes them.</summary>
    /// <exception cref="McpException">-32601 before the protocol that has them, -32021 where the capability is missing.</exception>
    public static void RequireTasks<TParams>(RequestContext<TParams> context)
    {
        if (!IsStateless(context))
            throw new McpProtocolException($"{context.JsonRpcRequest.Method} needs protocol {PerRequest}.", McpErrorCode.MethodNotFound);
        if (!TakesTasks(context))
        {
            throw new MissingRequiredClientCapabilityException(
                new ClientCapabilities { Extensions = new Dictionary<string, object> { [JobTasks.Extension] = new JsonObject() } },
                $"The request needs the client extension {JobTasks.Extension}.");
        }
    }
}
