using System.Text.Json;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Components.Shared;
using ProgressHub.Web.Localization;
using ProgressHub.Workloads.External;

namespace ProgressHub.Web.Components.Watching;

/// <summary>That a job's work is done elsewhere: when its program was last heard of, how long it may be silent, how it reports.</summary>
public sealed partial class ExternalPanel
{
    private const int DefaultHeartbeat = 60;
    private const int FailFactor = 10;

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobSnapshot Job { get; set; } = null!;

    /// <summary>Whether who looks may do more than look.</summary>
    [Parameter]
    public bool MayManage { get; set; } = true;

    [Inject]
    private JobService Jobs { get; set; } = null!;

    [Inject]
    private ExternalJobs Programs { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool IsTicking => !Job.IsFinal;

    private (TimeSpan Heartbeat, TimeSpan FailAfter)? Limits { get; set; }

    private bool IsStalled => Job is { IsFinal: false, Stalled: true };

    private string Ending => Job.State switch
    {
        JobState.Succeeded => UiText.Of("Its program reported that it is done."),
        JobState.Canceled => UiText.Of("It was canceled here. Its program hears of that with its next report, of which nothing is applied any more."),
        _ when Job.Error?.Code == "stalled" => UiText.Of("Its program was not heard of any more, so the job was given up. What it reports now is refused."),
        _ => UiText.Of("It has ended; what its program reports now is refused."),
    };

    private string LastWord => Programs.LastHeard(Job.JobId) is { } heard
        ? UiText.Of("It was last heard of {0} ago.", Durations.Whole((Time.GetUtcNow() - heard).TotalMilliseconds))
        : Job is { Report: null, Attempt: 1, Message: null } ? UiText.Of("It has not been heard of yet.") : UiText.Of("It has not been heard of since this server was started.");

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        try
        {
            if (await Jobs.ReadInputAsync(Job.JobId, Caller.Owner, CancellationToken.None) is not { } input)
                return;
            using var document = JsonDocument.Parse(input);
            var heartbeat = Seconds(document.RootElement, "heartbeatSeconds") ?? DefaultHeartbeat;
            var failAfter = Seconds(document.RootElement, "failAfterSeconds") ?? heartbeat * FailFactor;
            Limits = (TimeSpan.FromSeconds(heartbeat), TimeSpan.FromSeconds(failAfter));
        }
        catch (StorageUnavailableException)
        {
            // The rest of the panel is right without it.
        }
    }

    private static int? Seconds(JsonElement input, string name) =>
        input.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var seconds)
            ? seconds
            : null;
}
