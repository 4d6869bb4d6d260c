using System.Text.Json;
using ModelContextProtocol.Protocol;
using ProgressHub.Core.Events;

namespace ProgressHub.AspNetCore.Mcp;

/// <summary>A job's question as MCP asks a person (elicitation), and the answer that comes back.</summary>
internal static class Questions
{
    private const string Answer = "answer";
    private const string Accepted = "accept";

    /// <summary>The request that puts a question to a person.</summary>
    public static ElicitRequestParams ToElicitation(PendingInput asked) => new()
    {
        Message = asked.Question,
        RequestedSchema = new ElicitRequestParams.RequestSchema
        {
            Properties = new Dictionary<string, ElicitRequestParams.PrimitiveSchemaDefinition> { [Answer] = Schema(asked) },
            Required = [Answer],
        },
    };

    /// <summary>What was answered; null where the person would not, or said nothing that can be read.</summary>
    public static string? Read(ElicitResult given)
    {
        if (given.Action != Accepted || given.Content is not { Count: > 0 } content)
            return null;

        // A client may call the one field what it likes: there is no other that it could mean.
        return content.TryGetValue(Answer, out var value) || content.Count == 1
            ? Text(value.ValueKind == JsonValueKind.Undefined ? content.Values.Single() : value)
            : null;
    }

    /// <summary>A question in words, with how to answer it by a tool.</summary>
    public static string Describe(JobSnapshot job, PendingInput asked)
    {
        var options = asked.Options is { } choices ? $"\nThe answer is one of: {string.Join(", ", choices)}." : "";
        return $"Job {job.JobId} waits for an answer, until {asked.Deadline.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}: {asked.Question}{options}\n"
            + $"Answer with the tool {JobTools.Answer} (jobId {job.JobId}, requestId {asked.RequestId}), then follow the job with "
            + $"{JobTools.Status}.";
    }

    private static ElicitRequestParams.PrimitiveSchemaDefinition Schema(PendingInput asked) => asked.Options is { Count: > 0 } options
        ? new ElicitRequestParams.UntitledSingleSelectEnumSchema { Title = "Answer", Enum = [.. options] }
        : new ElicitRequestParams.StringSchema { Title = "Answer" };

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };
}
