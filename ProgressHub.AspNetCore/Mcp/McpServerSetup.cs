using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ProgressHub.AspNetCore.Mcp;

/// <summary>What the protocol's server is made of: which handler answers which method.</summary>
internal sealed class McpServerSetup(
    McpFaults faults, ToolCalls calls, JobResources resources, TaskRequests tasks, Subscriptions subscriptions,
    SessionSubscriptions sessions) : IConfigureOptions<McpServerOptions>
{
    private const string Instructions =
        "Each tool runs a job on this server and answers with its result. A job outlives the call: where a call ends early, "
        + "follow the job by its id with job_status, which gives its result once it has ended. job_answer answers a job that "
        + "asks, job_cancel stops one. A text that is too long ends with the address of the resource that goes on.";

    public void Configure(McpServerOptions options)
    {
        options.ServerInfo = new Implementation
        {
            Name = "progresshub",
            Title = "ProgressHub",
            Version = typeof(McpServerSetup).Assembly.GetName().Version?.ToString(3) ?? "0",
        };
        options.ServerInstructions = Instructions;
        options.Capabilities = new ServerCapabilities
        {
            Tools = new ToolsCapability(),
            Resources = new ResourcesCapability { Subscribe = true },
            Extensions = new Dictionary<string, object> { [JobTasks.Extension] = new JsonObject() },
        };
        options.Filters.Message.IncomingFilters.Add(calls.Running.Hear);
        var handlers = options.Handlers;
        handlers.ListToolsHandler = faults.Around<ListToolsRequestParams, ListToolsResult>(
            (context, _) => new(calls.List(context.Params?.Cursor)));
        handlers.CallToolWithAlternateHandler = faults.Around<CallToolRequestParams, ResultOrAlternate<CallToolResult>>(calls.CallAsync);
        handlers.ListResourcesHandler = faults.Around<ListResourcesRequestParams, ListResourcesResult>(resources.ListAsync);
        handlers.ListResourceTemplatesHandler = static (_, _) => new(JobResources.Templates);
        handlers.ReadResourceHandler = faults.Around<ReadResourceRequestParams, ReadResourceResult>(resources.ReadAsync);
        handlers.SubscribeToResourcesHandler = faults.Around<SubscribeRequestParams, EmptyResult>(sessions.SubscribeAsync);
        handlers.UnsubscribeFromResourcesHandler = faults.Around<UnsubscribeRequestParams, EmptyResult>(sessions.UnsubscribeAsync);
        handlers.SubscriptionsListenHandler = faults.Around<SubscriptionsListenRequestParams, EmptyResult>(subscriptions.ListenAsync);
        options.RequestHandlers = [.. options.RequestHandlers ?? [], .. tasks.Handlers(faults)];
    }
}
