using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Components.Interop;
using ProgressHub.Web.Components.Live;
using ProgressHub.Web.Components.Shared;
using ProgressHub.Web.Localization;
using ProgressHub.Workloads.Analysis.Sessions;

namespace ProgressHub.Web.Components.Layout;

/// <summary>
/// Tells, on whatever page, that a job of the reader's has ended or asks something: beside the page, and where the reader
/// wants it, by the browser. When many end at once it says how many.
/// </summary>
public sealed partial class JobAlerts
{
    private const int MostAtOnce = 3;
    private static readonly string SessionTag = AnalysisSession.TagOf("");
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5);

    private JsModule? _module;

    [Inject]
    private OwnerFeeds Feeds { get; set; } = null!;

    [Inject]
    private JobService Jobs { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_module is { } module)
            await module.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        _module = new JsModule(Script, "./ui/notify.js");
        Follow(FollowAsync);
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await WatchAsync(cancellationToken);
            }
            catch (StorageUnavailableException)
            {
                await Task.Delay(RetryDelay, Time, cancellationToken);
            }
        }
    }

    // What was missed where the watcher has fallen too far behind is in the list.
    private Task WatchAsync(CancellationToken cancellationToken)
    {
        HashSet<JobId> news = [];
        return OwnerEvents.FollowAsync(
            Feeds, Caller.Owner, static _ => Task.CompletedTask,
            (frame, _) =>
            {
                if (frame.IsDone || frame.Type == EventTypes.InputRequired)
                    news.Add(frame.JobId);
                return ValueTask.CompletedTask;
            },
            async token =>
            {
                if (news.Count == 0)
                    return;
                await Task.Delay(Gather, Time, token);
                await TellAsync(news, token);
                news.Clear();
            },
            cancellationToken);
    }

    private async Task TellAsync(HashSet<JobId> news, CancellationToken cancellationToken)
    {
        var here = Navigation.ToBaseRelativePath(Navigation.Uri);
        JobId[] elsewhere = [.. news.Where(job => !here.StartsWith($"jobs/{job}", StringComparison.Ordinal))];
        if (elsewhere.Length > MostAtOnce)
        {
            Tell(UiText.Of("{0} jobs have ended or need an answer.", elsewhere.Length), Severity.Info, "jobs");
            return;
        }

        foreach (var id in elsewhere)
        {
            if (await Jobs.FindAsync(id, Caller.Owner, cancellationToken) is not { } job)
                continue;
            if (!IsShown(job, here))
                Tell($"{job.Title}: {job.Standing()}", SeverityOf(job), $"jobs/{id}");
            await _module!.CallAsync<object>("tell", job.Title, job.Standing(), $"jobs/{id}");
        }
    }

    // Whoever has the conversation open that a question belongs to sees its answer there.
    private static bool IsShown(JobSnapshot job, string here) => here.StartsWith("analysis/", StringComparison.Ordinal)
        && job.Tags.Any(tag => tag.StartsWith(SessionTag, StringComparison.Ordinal) && here.Contains(tag[SessionTag.Length..], StringComparison.Ordinal));

    private static Severity SeverityOf(JobSnapshot job) => job switch
    {
        { Outcome: JobOutcomes.NoAnswer } => Severity.Normal,
        { State: JobState.Succeeded, Partials.Failed: > 0 } or { State: JobState.WaitingForInput } => Severity.Warning,
        { State: JobState.Succeeded } => Severity.Success,
        { State: JobState.Failed } => Severity.Error,
        _ => Severity.Normal,
    };

    private void Tell(string text, Severity severity, string address) => Snackbar.Add(text, severity, options =>
    {
        options.Action = UiText.Of("Open");
        options.OnClick = _ =>
        {
            Navigation.NavigateTo(address);
            return Task.CompletedTask;
        };
    });
}
