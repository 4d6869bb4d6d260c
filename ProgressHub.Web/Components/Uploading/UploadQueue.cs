using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.JSInterop;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;
using ProgressHub.Core.Webhooks;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Uploading;

/// <summary>Files that each get a job of their own, before their first byte is sent.</summary>
internal sealed class UploadQueue(
    JobService jobs, ICaller caller, SubmissionAllowance allowance, IJSRuntime script, IOptions<UploadOptions> limits, TimeProvider time)
    : FileQueue(script, limits)
{
    public string? Kind { get; private set; }

    /// <summary>The tag of the jobs of files that were last sent together; null where there are none.</summary>
    public string? Group => Items.LastOrDefault(item => item is { Group: not null, JobId: not null })?.Group;

    /// <summary>Submits every file that is chosen and not yet submitted. Those of several are found by a tag of their own.</summary>
    /// <param name="kind">The workload.</param>
    /// <param name="input">What a job is about, given the upload of its file.</param>
    /// <param name="webhook">Whom the jobs tell of themselves; null for nobody.</param>
    /// <param name="made">Called with each job that was made.</param>
    public Task StartAsync(string kind, Func<string, JsonElement> input, WebhookRequest? webhook = null, Action<Submission>? made = null)
    {
        Kind = kind;
        var files = Items.Count(item => item.State == UploadState.Chosen);
        var group = files > 1 ? string.Create(CultureInfo.InvariantCulture, $"{files}-files-{time.GetUtcNow():yyyy-MM-dd-HHmmss}") : null;
        return QueueAsync(item => (item.Input, item.Group, item.Webhook, item.Made) = (input, group, webhook, made));
    }

    // It may be said again; the job is made once.
    private protected override Task BegunAsync(UploadItem item, string file) =>
        item is { JobId: null, Input: { } input } ? SubmitAsync(item, input(file)) : Task.CompletedTask;

    private protected override async Task CanceledAsync(UploadItem item)
    {
        if (item.JobId is { } id)
            await jobs.CancelAsync(id, caller.Owner, CancellationToken.None);
    }

    private async Task SubmitAsync(UploadItem item, JsonElement input)
    {
        try
        {
            allowance.Require(caller.Owner);
            var submission = await jobs.SubmitAsync(
                new JobRequest { Kind = Kind!, Input = input, Owner = caller.Owner, Title = TitleOf(item.File.Name), Tags = item.Group is { } group ? [group] : [], Webhook = item.Webhook },
                CancellationToken.None);
            item.JobId = submission.Snapshot.JobId;
            item.Made?.Invoke(submission);
            if (item.State == UploadState.Starting)
                item.State = UploadState.Sending;
            else // canceled while it was being submitted
                await jobs.CancelAsync(item.JobId.Value, caller.Owner, CancellationToken.None);
        }
        catch (Exception refusal) when (refusal is WorkloadException or JobConflictException or InvalidWebhookException)
        {
            item.Fail(RefusalTexts.Of(refusal));
        }
        catch (StorageUnavailableException)
        {
            item.Fail(UiText.Of("The server can't write to its store now; try again in a moment."));
        }
    }

    private static string TitleOf(string name) => name.Length <= JobService.MaxTitle ? name : name[..JobService.MaxTitle];
}
