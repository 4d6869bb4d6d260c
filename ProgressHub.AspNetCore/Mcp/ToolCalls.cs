using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.Core.Workloads;

namespace ProgressHub.AspNetCore.Mcp;

/// <summary>Answers <c>tools/call</c>: a kind runs a job of it, the other tools handle jobs.</summary>
internal sealed class ToolCalls(WorkloadCatalog workloads, JobCalls jobs, JobTools tools, ToolList list, RunningCalls running)
{
    /// <summary>The calls that wait for their job.</summary>
    public RunningCalls Running => running;

    /// <summary>A page of the tools.</summary>
    /// <exception cref="McpProtocolException">There is no such cursor.</exception>
    public ListToolsResult List(string? cursor) =>
        list.Page(cursor) ?? throw new McpProtocolException("There is no such cursor.", McpErrorCode.InvalidParams);

    public async ValueTask<ResultOrAlternate<CallToolResult>> CallAsync(
        RequestContext<CallToolRequestParams> context, CancellationToken cancellationToken)
    {
        var call = new ToolCall(context, context.Params);
        if (call.Params.Name != JobTools.Status)
            McpCaller.RequireWriting(context);
        try
        {
            if (workloads.Find(call.Params.Name) is { } workload)
                return await jobs.RunAsync(call, workload.Descriptor, cancellationToken);
            return await (tools.CallAsync(call, JobCalls.Teller(call, cancellationToken), cancellationToken)
                ?? throw new McpProtocolException($"There is no tool '{call.Params.Name}'.", McpErrorCode.InvalidParams));
        }
        catch (Exception failure) when (ProblemMapping.OfRefusal(failure) is not null)
        {
            return Refusals.Of(failure)!;
        }
    }
}
