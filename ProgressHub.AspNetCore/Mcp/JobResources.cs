using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using ProgressHub.AspNetCore.Jobs;
using ProgressHub.AspNetCore.Snapshots;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Mcp;

/// <summary>A job's state, log, result and files as resources. The newest jobs are listed; templates name all.</summary>
internal sealed class JobResources(
    JobService jobs, CallResults results, JobFileContents files, SnapshotViews views, IOptions<McpOptions> options)
{
    private const string Json = "application/json";
    private const string Text = "text/plain";
    private const int JobsPerPage = 25;

    public static ListResourceTemplatesResult Templates { get; } = new()
    {
        ResourceTemplates =
        [
            Template("{id}", "Job", "A job's present state, as the API has it.", Json),
            Template("{id}/log{?after}", "Log", "What a job tells of its work, a line each; `after` is where an earlier reading ended.", Text),
            Template(
                "{id}/result{?offset}", "Result",
                "What came of a job, or what there is of it so far; `offset` is the character to begin at.", null),
            Template("{id}/files", "Files", "The files a job was given and those its work made.", Json),
            Template("{id}/files/{file}{?offset}", "File", "A file of a job, by its id or name.", null),
        ],
    };

    public async ValueTask<ListResourcesResult> ListAsync(RequestContext<ListResourcesRequestParams> context, CancellationToken cancellationToken)
    {
        long? before = context.Params?.Cursor is { } cursor
            ? long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
                ? position
                : throw new McpProtocolException("There is no such cursor.", McpErrorCode.InvalidParams)
            : null;
        var page = await jobs.ListAsync(
            new JobQuery { Owner = McpCaller.OwnerOf(context), Before = before, Limit = JobsPerPage }, cancellationToken);
        return new ListResourcesResult
        {
            Resources = [.. page.Items.SelectMany(Of)],
            NextCursor = page.Next?.ToString(CultureInfo.InvariantCulture),
        };
    }

    public async ValueTask<ReadResourceResult> ReadAsync(RequestContext<ReadResourceRequestParams> context, CancellationToken cancellationToken)
    {
        var (text, owner) = (context.Params.Uri, McpCaller.OwnerOf(context));
        if (!JobUri.TryParse(text, out var uri) || await jobs.FindAsync(uri.Job, owner, cancellationToken) is not { } job)
            throw McpCaller.NoResource(context, "There is no such resource.");
        var contents = await ReadAsync(job, uri, owner, cancellationToken)
            ?? throw McpCaller.NoResource(context, $"The job is {job.State.Name()} and has nothing there.");
        contents.Uri = text;
        contents.Meta = new JsonObject { [CallResults.StateKey] = job.State.Name() };
        return new ReadResourceResult { Contents = [contents] };
    }

    private async Task<ResourceContents?> ReadAsync(JobSnapshot job, JobUri uri, string owner, CancellationToken cancellationToken) =>
        uri switch
        {
            { Part: JobUri.Log } => Of(Text, await JobLogText.ReadAsync(jobs, uri, owner, options.Value.MaxTextCharacters, cancellationToken)),
            { Part: JobUri.Result } => await ResultAsync(job, uri, owner, cancellationToken),
            { Part: JobUri.Files, File: { } file } => await files.ReadAsync(uri, file, owner, cancellationToken),
            { Part: JobUri.Files } => Of(Json, await ListFilesAsync(uri, owner, cancellationToken)),
            _ => Of(Json, Encoding.UTF8.GetString(SnapshotJson.Serialize(views.Of(job)))),
        };

    private async Task<ResourceContents?> ResultAsync(JobSnapshot job, JobUri uri, string owner, CancellationToken cancellationToken)
    {
        if (await results.FindAsync(job, owner, cancellationToken) is not { } result)
            return null;
        if (CallResults.TextOf(result) is { } text)
            return Of(result.ContentType, TextSlice.Of(text, uri, options.Value.MaxTextCharacters));
        return result.Body.Length <= options.Value.MaxBlobBytes
            ? BlobResourceContents.FromBytes(result.Body, uri.ToString(), result.ContentType)
            : Of(Text, $"[{result.Body.Length:0} bytes of {result.ContentType}, too many to send here. "
                + $"Download them: GET /api/jobs/{job.JobId}/result]");
    }

    private async Task<string?> ListFilesAsync(JobUri uri, string owner, CancellationToken cancellationToken) =>
        await jobs.ListFilesAsync(uri.Job, owner, cancellationToken) is { } found
            ? JsonSerializer.Serialize(new FileList([.. found.Select(FileView.Of)]), JobsJson.Default.FileList)
            : null;

    private static TextResourceContents? Of(string contentType, string? text) =>
        text is null ? null : new() { Uri = "", Text = text, MimeType = contentType };

    private static IEnumerable<Resource> Of(JobSnapshot job)
    {
        var about = $"{job.Kind}, {job.State.Name()}";
        yield return Of(job, "", about, Json);
        yield return Of(job, JobUri.Log, about, Text);
        if (job.State == JobState.Succeeded)
            yield return Of(job, JobUri.Result, about, null);
    }

    private static Resource Of(JobSnapshot job, string part, string about, string? contentType) => new()
    {
        Uri = new JobUri(job.JobId, part).ToString(),
        Name = part.Length == 0 ? job.Title : $"{job.Title}: {part}",
        Description = about,
        MimeType = contentType,
    };

    private static ResourceTemplate Template(string path, string name, string description, string? contentType) => new()
    {
        UriTemplate = JobUri.Base + path, Name = name, Description = description, MimeType = contentType,
    };
}
