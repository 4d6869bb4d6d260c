using System.Runtime.CompilerServices;
using ProgressHub.Client.Http;
using ProgressHub.Client.Jobs;
using ProgressHub.Client.Reporting;
using ProgressHub.Client.Uploads;
using ProgressHub.Client.Watching;

namespace ProgressHub.Client;

/// <summary>
/// A ProgressHub server. One client serves a whole program, on any threads. Whatever the server refuses, and whatever
/// does not reach it, is a <see cref="ProgressHubException"/> with a stable code.
/// </summary>
public sealed class ProgressHubClient : IDisposable
{
    private readonly HubHttp _http;
    private readonly JobCommands _commands;

    /// <summary>A client of the server at an address, without a token.</summary>
    public ProgressHubClient(Uri baseAddress)
        : this(new ProgressHubClientOptions { BaseAddress = baseAddress })
    {
    }

    /// <summary>A client.</summary>
    public ProgressHubClient(ProgressHubClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!options.BaseAddress.IsAbsoluteUri || options.BaseAddress.Scheme is not ("http" or "https"))
            throw new ArgumentException($"'{options.BaseAddress}' is no http or https address.", nameof(options));
        _http = new HubHttp(options);
        _commands = new JobCommands(_http);
    }

    /// <summary>Submits a job; once this returns it is on the server's disk. Sent again after a lost answer, it is still one job.</summary>
    public async Task<JobSnapshot> SubmitAsync(JobSubmission submission, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(submission);
        var receipt = await _commands.SubmitAsync(submission, cancellationToken).ConfigureAwait(false);
        return await GetAsync(receipt.JobId, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Where a job stands.</summary>
    public Task<JobSnapshot> GetAsync(string jobId, CancellationToken cancellationToken = default) =>
        _http.AskAsync(HubRequest.Get(PathOf(jobId)), JobJson.Default.JobSnapshot, cancellationToken);

    /// <summary>Your jobs, newest first; asks for further pages as it is read.</summary>
    public async IAsyncEnumerable<JobSnapshot> ListAsync(
        JobQuery? query = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        query ??= new JobQuery();
        string? cursor = null;
        do
        {
            var page = await _http.AskAsync(HubRequest.Get(PathOf(query, cursor)), JobJson.Default.JobPage, cancellationToken).ConfigureAwait(false);
            foreach (var job in page.Jobs)
                yield return job;
            cursor = page.Next;
        }
        while (cursor is not null);
    }

    /// <summary>
    /// Watches a job until it ends. The first update tells where it stands; then each event comes exactly once and in
    /// order, whatever happens to the connection: it resumes by cursor, goes from SignalR to server-sent events to polling,
    /// and backs off while the server is away. (As the server may, it spares a watcher progress that later progress supersedes.)
    /// </summary>
    /// <exception cref="ProgressHubException">No later try can help: not allowed, unknown, purged.</exception>
    public IAsyncEnumerable<JobUpdate> WatchAsync(
        string jobId, WatchOptions? options = null, CancellationToken cancellationToken = default)
    {
        _ = PathOf(jobId);
        return new JobFollower(_http, jobId, options ?? new WatchOptions()).RunAsync(cancellationToken);
    }

    /// <summary>Waits for the end of a job.</summary>
    public async Task<JobSnapshot> WaitAsync(string jobId, CancellationToken cancellationToken = default)
    {
        JobSnapshot? last = null;
        await foreach (var update in WatchAsync(jobId, null, cancellationToken).ConfigureAwait(false))
            last = update.Snapshot;
        return last!;
    }

    /// <summary>A job's result, streamed.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="accept">The media type wanted, such as <c>text/vtt</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<JobResult> GetResultAsync(
        string jobId, string accept = "*/*", CancellationToken cancellationToken = default)
    {
        using var limit = new TimeLimit(_http.Options.RequestTimeout, _http.Time, cancellationToken);
        var response = await _http.SendAsync(HubRequest.Get($"{PathOf(jobId)}/result?download=true") with { Accept = accept }, limit).ConfigureAwait(false);
        return new JobResult(response, await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Asks for a job's end.</summary>
    public Task<JobSnapshot> CancelAsync(string jobId, CancellationToken cancellationToken = default) =>
        _http.AskAsync(HubRequest.Post($"{PathOf(jobId)}/cancel"), JobJson.Default.JobSnapshot, cancellationToken);

    /// <summary>Retries a finished job, as a new job.</summary>
    public async Task<JobSnapshot> RetryAsync(
        string jobId, RetryScope scope = RetryScope.All, CancellationToken cancellationToken = default)
    {
        var body = new RetryRequest(scope == RetryScope.FailedItems ? "failed-items" : "all");
        var receipt = await _http.AskAsync(
            HubRequest.Post($"{PathOf(jobId)}/retry", body, JobJson.Default.RetryRequest), JobJson.Default.SubmissionReceipt,
            cancellationToken).ConfigureAwait(false);
        return await GetAsync(receipt.JobId, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Answers the question that a job waits with.</summary>
    public Task AnswerAsync(string jobId, string requestId, string answer, CancellationToken cancellationToken = default) => _http.DoAsync(
        HubRequest.Post($"{PathOf(jobId)}/answers", new AnswerRequest(requestId, answer), JobJson.Default.AnswerRequest), cancellationToken);

    /// <summary>Gives a job tags and takes some from it, wherever it stands.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="add">Tags it is to have.</param>
    /// <param name="remove">Tags it is not to have.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<JobSnapshot> ChangeTagsAsync(
        string jobId, IReadOnlyList<string>? add = null, IReadOnlyList<string>? remove = null, CancellationToken cancellationToken = default) =>
        _http.AskAsync(
            HubRequest.Post($"{PathOf(jobId)}/tags", new TagsRequest(add ?? [], remove ?? []), JobJson.Default.TagsRequest),
            JobJson.Default.JobSnapshot, cancellationToken);

    /// <summary>Deletes a finished job.</summary>
    public Task DeleteAsync(string jobId, CancellationToken cancellationToken = default) =>
        _http.DoAsync(new HubRequest(HttpMethod.Delete, PathOf(jobId)), cancellationToken);

    /// <summary>Uploads a file resumably (tus 1.0), across lost connections and restarts of the server.</summary>
    /// <param name="content">The bytes, from its present position; it must be able to seek.</param>
    /// <param name="fileName">What it is called.</param>
    /// <param name="progress">Is told how many bytes are on the server's disk.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The id that a job's input names.</returns>
    public Task<string> UploadAsync(
        Stream content, string fileName, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        return content.CanSeek
            ? new TusUpload(_http, content, progress).SendAsync(fileName, cancellationToken)
            : throw new ArgumentException("The stream can't seek, which going on after a cut needs.", nameof(content));
    }

    /// <summary>Shows the program's own work as a job, or goes on with the one in <see cref="ReportOptions.StateFile"/>.</summary>
    public async Task<ReportedJob> StartAsync(
        string title, ReportOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new ReportOptions();
        var started = await new ReportStart(_http, _commands).StartAsync(title, options, cancellationToken).ConfigureAwait(false);
        return new ReportedJob(_http, started, options);
    }

    /// <summary>Goes on reporting for a job that an earlier run of the program, or another one, has begun.</summary>
    /// <exception cref="ProgressHubException">The job has ended, or is no more.</exception>
    public async Task<ReportedJob> ResumeAsync(
        JobTicket ticket, ReportOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        var resumed = await new ReportStart(_http, _commands).ResumeAsync(ticket, cancellationToken).ConfigureAwait(false);
        return new ReportedJob(_http, resumed, options ?? new ReportOptions());
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static string PathOf(string jobId)
    {
        ArgumentException.ThrowIfNullOrEmpty(jobId);
        return $"api/jobs/{Uri.EscapeDataString(jobId)}";
    }

    private static string PathOf(JobQuery query, string? cursor)
    {
        (string Name, string? Value)[] all =
        [
            ("kind", query.Kind), ("state", query.State is { } state ? WireEnumConverter<JobState>.Name(state) : null),
            ("tag", query.Tag), ("q", query.Text), ("cursor", cursor),
        ];
        var given = string.Concat(all.Where(p => p.Value is not null).Select(p => $"&{p.Name}={Uri.EscapeDataString(p.Value!)}"));
        return string.Create(null, $"api/jobs?limit={query.PageSize}{given}");
    }
}
