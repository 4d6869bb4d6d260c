using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.JSInterop;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Localization;
using ProgressHub.Workloads.Knowledge;

namespace ProgressHub.Web.Components.Uploading;

/// <summary>
/// Documents for one collection. Once all that were chosen are sent, or have failed, those that are whole become one job
/// and leave the list: what becomes of them is that job's to tell.
/// </summary>
internal sealed class DocumentQueue(
    string collection, JobService jobs, ICaller caller, SubmissionAllowance allowance, IJSRuntime script,
    IOptions<UploadOptions> limits) : FileQueue(script, limits)
{
    private bool _submitting;

    /// <summary>Why files that are sent were not taken in; null where nothing is wrong.</summary>
    public string? Refusal { get; private set; }

    /// <summary>How many files are to be sent, or to be submitted once more.</summary>
    public int Ready => Items.Count(item => item.State is UploadState.Chosen or UploadState.Sent);

    /// <summary>Whether files are being sent or taken in.</summary>
    public bool IsBusy => _submitting || Items.Any(item => item.IsUnderWay);

    /// <summary>The key of the embedding engine for these files, where it is given.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Sends what is chosen.</summary>
    public Task StartAsync() => QueueAsync(_ => Refusal = null);

    private protected override string? RefusalOf(ChosenFile file) =>
        KnowledgeLibrary.RefusalOf(file.Name, file.Bytes) is { } refusal ? RefusalTexts.Of(refusal) : null;

    private protected override Task BegunAsync(UploadItem item, string file)
    {
        (item.FileId, item.State) = (file, UploadState.Sending);
        return Task.CompletedTask;
    }

    private protected override async Task SettledAsync()
    {
        List<UploadItem> whole = [.. Items.Where(item => item.State == UploadState.Sent)];
        if (whole.Count == 0 || _submitting)
            return;
        _submitting = true;
        Show();
        try
        {
            Refusal = await SubmitAsync(whole);
        }
        finally
        {
            _submitting = false;
        }

        if (Refusal is not null)
            return;
        foreach (var item in whole)
            await RemoveAsync(item);
    }

    private async Task<string?> SubmitAsync(IEnumerable<UploadItem> files)
    {
        try
        {
            allowance.Require(caller.Owner);
            var input = JsonSerializer.SerializeToElement(
                new IngestInputDocument(collection, [.. files.Select(file => file.FileId!)], string.IsNullOrWhiteSpace(ApiKey) ? null : ApiKey.Trim()),
                IngestInputJson.Default.IngestInputDocument);
            await jobs.SubmitAsync(new JobRequest { Kind = "ingest", Input = input, Owner = caller.Owner }, CancellationToken.None);
            return null;
        }
        catch (Exception refusal) when (refusal is WorkloadException or JobConflictException)
        {
            return RefusalTexts.Of(refusal);
        }
        catch (StorageUnavailableException)
        {
            return UiText.Of("The server can't write to its store now; try again in a moment.");
        }
    }
}

/// <summary>The documents that one browser tab sends, by collection.</summary>
internal sealed class DocumentQueues(
    JobService jobs, ICaller caller, SubmissionAllowance allowance, IJSRuntime script, IOptions<UploadOptions> limits) : IDisposable
{
    private readonly Dictionary<string, DocumentQueue> _queues = new(StringComparer.Ordinal);

    /// <summary>The queue of a collection; one that nothing is in any more is let go of when another is asked for.</summary>
    public DocumentQueue Of(string collection)
    {
        foreach (var (id, queue) in _queues.Where(q => q.Key != collection && q.Value.Items.Count == 0).ToList())
        {
            _queues.Remove(id);
            queue.Dispose();
        }

        if (!_queues.TryGetValue(collection, out var found))
            _queues[collection] = found = new DocumentQueue(collection, jobs, caller, allowance, script, limits);
        return found;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var queue in _queues.Values)
            queue.Dispose();
    }
}
