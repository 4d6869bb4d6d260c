using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Mcp;

/// <summary>
/// The extension's three methods: <c>tasks/get</c>, <c>tasks/update</c>, <c>tasks/cancel</c>. There is no
/// <c>tasks/result</c> and no <c>tasks/list</c> in it.
/// </summary>
internal sealed class TaskRequests(JobService jobs, JobTasks tasks)
{
    private const string TaskId = "taskId";

    /// <summary>The methods, for the server's options.</summary>
    public IEnumerable<McpServerRequestHandler> Handlers(McpFaults faults)
    {
        return [Handler("tasks/get", GetAsync), Handler("tasks/update", UpdateAsync), Handler("tasks/cancel", CancelAsync)];

        McpServerRequestHandler Handler(string method, McpRequestHandler<JsonNode?, JsonNode?> handler) =>
            new() { Method = method, RoutingNameParameter = TaskId, Handler = faults.Around(handler) };
    }

    private async ValueTask<JsonNode?> GetAsync(RequestContext<JsonNode?> context, CancellationToken cancellationToken)
    {
        var (job, owner) = await FindAsync(context, cancellationToken);
        return JsonSerializer.SerializeToNode(await tasks.ReadAsync(job, owner, cancellationToken), McpJson.Default.TaskView);
    }

    private async ValueTask<JsonNode?> UpdateAsync(RequestContext<JsonNode?> context, CancellationToken cancellationToken)
    {
        McpCaller.RequireWriting(context);
        var (job, owner) = await FindAsync(context, cancellationToken);
        foreach (var (key, response) in (context.Params as JsonObject)?["inputResponses"] as JsonObject ?? [])
        {
            // What is not asked, or not asked any more, is passed over, and so is "no": the question stands till its deadline.
            if (key == job.PendingInput?.RequestId && Read(response) is { } answer)
                await AnswerAsync(job.JobId, owner, key, answer, cancellationToken);
        }

        return Acknowledged();
    }

    private async ValueTask<JsonNode?> CancelAsync(RequestContext<JsonNode?> context, CancellationToken cancellationToken)
    {
        McpCaller.RequireWriting(context);
        var (job, owner) = await FindAsync(context, cancellationToken);
        await jobs.CancelAsync(job.JobId, owner, cancellationToken);
        return Acknowledged();
    }

    private async Task AnswerAsync(JobId job, string owner, string question, string answer, CancellationToken cancellationToken)
    {
        try
        {
            await jobs.AnswerAsync(job, owner, question, answer, cancellationToken);
        }
        catch (JobConflictException late) when (late.Code is "no_pending_input" or "wrong_request")
        {
            // Somebody else was quicker.
        }
        catch (JobConflictException refused)
        {
            throw new McpProtocolException(refused.Message, McpErrorCode.InvalidParams);
        }
    }

    private async Task<(JobSnapshot Job, string Owner)> FindAsync(RequestContext<JsonNode?> context, CancellationToken cancellationToken)
    {
        McpCaller.RequireTasks(context);
        var owner = McpCaller.OwnerOf(context);
        if ((context.Params as JsonObject)?[TaskId] is not JsonValue value || !value.TryGetValue(out string? text))
            throw new McpProtocolException($"'{TaskId}' is missing.", McpErrorCode.InvalidParams);
        if (!JobId.TryParse(text, null, out var id))
            throw new McpProtocolException("There is no such task.", McpErrorCode.InvalidParams);
        if (await jobs.FindAsync(id, owner, cancellationToken) is { } job)
            return (job, owner);
        throw new McpProtocolException(
            await jobs.WasPurgedAsync(id, owner, cancellationToken)
                ? "The task was deleted, or its time was over."
                : "There is no such task.",
            McpErrorCode.InvalidParams);
    }

    private static string? Read(JsonNode? response)
    {
        try
        {
            return response.Deserialize<ElicitResult>(McpJsonUtilities.DefaultOptions) is { } given ? Questions.Read(given) : null;
        }
        catch (JsonException unreadable)
        {
            throw new McpProtocolException("A response in 'inputResponses' can't be read.", unreadable, McpErrorCode.InvalidParams);
        }
    }

    private static JsonObject Acknowledged() => new() { ["resultType"] = "complete" };
}
