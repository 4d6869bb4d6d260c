using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.AspNetCore.Mcp;

/// <summary>What a call answers, once there is something to say of its job.</summary>
internal sealed class CallResults(JobService jobs, WorkloadCatalog workloads, IOptions<McpOptions> options)
{
    /// <summary>Names the job in the <c>_meta</c> of whatever is answered.</summary>
    public const string JobKey = "progresshub/jobId";

    /// <summary>Where it stands.</summary>
    public const string StateKey = "progresshub/state";

    /// <summary>What came of a job that has ended.</summary>
    public async Task<CallToolResult> OfAsync(JobSnapshot job, string owner, CancellationToken cancellationToken) =>
        job.State == JobState.Succeeded ? await SucceededAsync(job, owner, cancellationToken) : Failed(job);

    /// <summary>Words about a job that has not ended.</summary>
    public static CallToolResult Say(JobSnapshot job, string words) => About(job, new TextContentBlock { Text = words });

    /// <summary>How far a job is, in words.</summary>
    public static string Describe(JobSnapshot job)
    {
        if (job.PendingInput is { } asked)
            return Questions.Describe(job, asked);
        var left = job.Eta is { } eta ? string.Create(CultureInfo.InvariantCulture, $", about {Math.Ceiling(eta.P50Ms / 1000.0):0} s left") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Job {job.JobId} is {job.State.Name()}: {job.Fraction * 100:0.#} %, {ProgressSteps.Words(job)}{left}. "
            + $"Its log: {new JobUri(job.JobId, JobUri.Log)}. Follow it with the tool {JobTools.Status}.");
    }

    private async Task<CallToolResult> SucceededAsync(JobSnapshot job, string owner, CancellationToken cancellationToken)
    {
        var content = new List<ContentBlock>();
        if (await FindAsync(job, owner, cancellationToken) is { } result)
            content.Add(ToBlock(job, result));
        content.Add(new TextContentBlock { Text = Closing(job) });
        var files = await jobs.ListFilesAsync(job.JobId, owner, cancellationToken) ?? [];
        content.AddRange(files.Where(f => f.Derived).Select(f => new ResourceLinkBlock
        {
            Uri = new JobUri(job.JobId, JobUri.Files, f.File.Id).ToString(),
            Name = f.File.Name,
            MimeType = f.File.MediaType,
            Size = f.File.Length,
        }));
        return About(job, [.. content]);
    }

    /// <summary>The result in the form that is meant where nobody asks for another; null where there is none.</summary>
    public async Task<ResultDocument?> FindAsync(JobSnapshot job, string owner, CancellationToken cancellationToken)
    {
        var result = await jobs.ReadResultAsync(job.JobId, owner, soFar: !job.IsFinal || job.State != JobState.Succeeded, cancellationToken);
        return result is not null && workloads.Find(job.Kind) is { Descriptor.ResultForms: [var form, ..] } workload
            ? workload.Render(result, form)
            : result;
    }

    /// <summary>The text of a document; null where it is none.</summary>
    public static string? TextOf(ResultDocument result) =>
        IsText(result.ContentType) ? Encoding.UTF8.GetString(result.Body.Span) : null;

    /// <summary>Whether bytes of a media type are text.</summary>
    public static bool IsText(string contentType) =>
        contentType.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
        || contentType.Contains("json", StringComparison.OrdinalIgnoreCase)
        || contentType.Contains("xml", StringComparison.OrdinalIgnoreCase);

    private ContentBlock ToBlock(JobSnapshot job, ResultDocument result)
    {
        var uri = new JobUri(job.JobId, JobUri.Result);
        return TextOf(result) is { } text
            ? new TextContentBlock { Text = TextSlice.Of(text, uri, options.Value.MaxTextCharacters) }
            : new ResourceLinkBlock { Uri = uri.ToString(), Name = result.FileName, MimeType = result.ContentType, Size = result.Body.Length };
    }

    private static string Closing(JobSnapshot job)
    {
        var failed = job.Partials.Failed > 0
            ? string.Create(CultureInfo.InvariantCulture, $" {job.Partials.Failed} of its parts failed; the log says why.")
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"[Job {job.JobId} succeeded in {job.ElapsedMs / 1000.0:0.0} s{(job.Engine is { } engine ? $", engine {engine}" : "")}.{failed} "
            + $"Its log: {new JobUri(job.JobId, JobUri.Log)}]");
    }

    private static CallToolResult Failed(JobSnapshot job)
    {
        var code = job.Error?.Code ?? job.State.Name();
        var detail = job.Error?.Message ?? $"The job was {job.State.Name()}.";
        var parts = job.Partials.Ok > 0
            ? string.Create(CultureInfo.InvariantCulture, $" {job.Partials.Ok} parts were done: {new JobUri(job.JobId, JobUri.Result)}.")
            : "";
        var result = About(job, new TextContentBlock
        {
            Text = $"{detail} ({code}){parts} The log of job {job.JobId}: {new JobUri(job.JobId, JobUri.Log)}",
        });
        result.IsError = true;
        result.StructuredContent = JsonElement.Parse(
            new JsonObject { ["code"] = code, ["detail"] = detail, ["jobId"] = job.JobId.ToString(), ["state"] = job.State.Name() }.ToJsonString());
        return result;
    }

    private static CallToolResult About(JobSnapshot job, params ContentBlock[] content) => new()
    {
        Content = content,
        Meta = new JsonObject { [JobKey] = job.JobId.ToString(), [StateKey] = job.State.Name() },
    };
}
