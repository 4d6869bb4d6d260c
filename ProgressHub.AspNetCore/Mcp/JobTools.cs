using System.Text;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;
using ProgressHub.Core.Workloads;

namespace ProgressHub.AspNetCore.Mcp;

/// <summary>
/// The tools by which an agent handles its jobs where its client has no tasks: a call may have timed out, its job goes on.
/// </summary>
internal sealed class JobTools(JobService jobs, JobWait wait, CallResults results, UploadService uploads)
{
    /// <summary>How a job is followed, and its result had.</summary>
    public const string Status = "job_status";

    /// <summary>How its question is answered.</summary>
    public const string Answer = "job_answer";

    /// <summary>How it is stopped.</summary>
    public const string Cancel = "job_cancel";

    /// <summary>How a file comes here.</summary>
    public const string Upload = "upload_file";

    private const int MaxWaitSeconds = 300;

    /// <summary>What they take.</summary>
    public static IReadOnlyList<Tool> Tools { get; } =
    [
        Tool(
            Status, "Job status", "How far a job is; once it has ended, its result.", isReadOnly: true,
            """
            {"jobId":{"type":"string","description":"The job."},
             "waitSeconds":{"type":"integer","minimum":0,"maximum":300,"description":"How long to wait for its end or its next question; 0 is the default."}}
            """, "jobId"),
        Tool(
            Answer, "Answer a job", "Answers the question a job waits with.", isReadOnly: false,
            """
            {"jobId":{"type":"string","description":"The job."},
             "requestId":{"type":"string","description":"The question, as job_status names it."},
             "answer":{"type":"string","description":"The answer; one of the options, where there are any."}}
            """, "jobId", "requestId", "answer"),
        Tool(
            Cancel, "Cancel a job", "Asks a job to stop, which it does within a second.", isReadOnly: false,
            """{"jobId":{"type":"string","description":"The job."}}""", "jobId"),
        Tool(
            Upload, "Upload a file", "Takes a file of a few megabytes and answers with its id, for a tool that takes files.", isReadOnly: false,
            """
            {"name":{"type":"string","description":"Its name, such as sales.csv."},
             "text":{"type":"string","description":"Its content, where it is text."},
             "base64":{"type":"string","contentEncoding":"base64","description":"Its content, where it is not."}}
            """, "name"),
    ];

    /// <summary>Answers a call of one of them; null where none has this name.</summary>
    /// <exception cref="WorkloadException">The arguments are not acceptable.</exception>
    public Task<CallToolResult>? CallAsync(ToolCall call, Func<JobSnapshot, Task>? tell, CancellationToken cancellationToken) =>
        call.Params.Name switch
        {
            Status => StatusAsync(call, tell, cancellationToken),
            Answer => AnswerAsync(call, cancellationToken),
            Cancel => CancelAsync(call, cancellationToken),
            Upload => UploadAsync(call, cancellationToken),
            _ => null,
        };

    private async Task<CallToolResult> StatusAsync(ToolCall call, Func<JobSnapshot, Task>? tell, CancellationToken cancellationToken)
    {
        var seconds = call.Arguments.TryGetProperty("waitSeconds", out var given)
            ? given.ValueKind == JsonValueKind.Number && given.TryGetInt32(out var wanted) && wanted is >= 0 and <= MaxWaitSeconds
                ? wanted
                : throw Refuse("waitSeconds", $"is a whole number from 0 to {MaxWaitSeconds}.")
            : 0;
        var job = await FindAsync(call, cancellationToken);
        if (!job.IsFinal && seconds > 0)
        {
            job = await wait.UntilAsync(
                call.Owner, job, static state => state.PendingInput is not null, TimeSpan.FromSeconds(seconds), tell, cancellationToken)
                ?? throw new RefusedException(ProblemMapping.Purged);
        }

        return job.IsFinal
            ? await results.OfAsync(job, call.Owner, cancellationToken)
            : CallResults.Say(job, CallResults.Describe(job));
    }

    private async Task<CallToolResult> AnswerAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var (question, answer) = (Text(call, "requestId"), Text(call, "answer"));
        var job = await FindAsync(call, cancellationToken);
        await jobs.AnswerAsync(job.JobId, call.Owner, question, answer, cancellationToken);
        return CallResults.Say(job, $"Answered. Follow the job with the tool {Status}.");
    }

    private async Task<CallToolResult> CancelAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var job = await FindAsync(call, cancellationToken);
        job = await jobs.CancelAsync(job.JobId, call.Owner, cancellationToken) ?? throw new RefusedException(ProblemMapping.Purged);
        return CallResults.Say(job, job.IsFinal ? $"The job has {job.State.Name()}." : "The job was asked to stop.");
    }

    private async Task<CallToolResult> UploadAsync(ToolCall call, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(Content(call));
        var file = await uploads.CreateAsync(call.Owner, Text(call, "name"), content.Length, resumable: false, cancellationToken);
        file = await uploads.AppendAsync(file.Id, call.Owner, 0, content, isRest: true, cancellationToken);
        return new CallToolResult
        {
            Content = [new TextContentBlock { Text = $"{file.Name} is here, {file.Length:0} bytes of {file.MediaType}. Its id: {file.Id}" }],
        };
    }

    private static byte[] Content(ToolCall call)
    {
        if (call.Arguments.TryGetProperty("base64", out var encoded))
        {
            return encoded.ValueKind == JsonValueKind.String && encoded.TryGetBytesFromBase64(out var bytes)
                ? bytes
                : throw Refuse("base64", "is not base64.");
        }

        return Encoding.UTF8.GetBytes(Text(call, "text"));
    }

    private async Task<JobSnapshot> FindAsync(ToolCall call, CancellationToken cancellationToken)
    {
        if (!JobId.TryParse(Text(call, "jobId"), null, out var id))
            throw new RefusedException(ProblemMapping.NoJob);
        return await jobs.FindAsync(id, call.Owner, cancellationToken) ?? throw new RefusedException(
            await jobs.WasPurgedAsync(id, call.Owner, cancellationToken) ? ProblemMapping.Purged : ProblemMapping.NoJob);
    }

    private static string Text(ToolCall call, string name) =>
        call.Arguments.TryGetProperty(name, out var value)
            ? value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Refuse(name, "is a string.")
            : throw Refuse(name, "is missing.");

    private static WorkloadException Refuse(string property, string why) =>
        new("invalid_input", $"'{property}' {why}") { Property = property };

    private static Tool Tool(string name, string title, string description, bool isReadOnly, string properties, params string[] required) => new()
    {
        Name = name,
        Title = title,
        Description = description,
        InputSchema = JsonElement.Parse(
            $$"""{"type":"object","properties":{{properties}},"required":[{{string.Join(',', required.Select(r => $"\"{r}\""))}}],"additionalProperties":false}"""),
        Annotations = new ToolAnnotations
        {
            Title = title, ReadOnlyHint = isReadOnly, DestructiveHint = name == Cancel, IdempotentHint = name is Status or Cancel, OpenWorldHint = false,
        },
    };
}
