using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Shared;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Watching;

/// <summary>The stages of a job, each with how long it took; the one under way ticks.</summary>
public sealed partial class StageList
{
    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobSnapshot Job { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool IsTicking => !Job.IsFinal && Job.Stages.Any(stage => stage.State == "running");

    private IReadOnlyDictionary<string, StageSpan> Spans => StageSpan.Of(Job, Now);

    private static string Mark(StageStatus stage) => stage.State switch
    {
        "done" => "check",
        "failed" => "cross",
        "running" => "play",
        _ => "dot",
    };

    private string Spoken(StageStatus stage) => stage.State switch
    {
        "done" => UiText.Of("done"),
        "failed" => Job.State == JobState.Canceled ? UiText.Of("stopped") : UiText.Of("failed"),
        "running" => UiText.Of("under way"),
        _ => Job.IsFinal ? UiText.Of("not reached") : UiText.Of("to come"),
    };

    private string? Timing(StageStatus stage)
    {
        if (stage.Ms is { } took)
            return Durations.Exact(took);
        if (stage is not { State: "running", StartedMs: { } began } || Job.StartedAt is not { } start)
            return null;

        var soFar = Durations.Whole((Now - start).TotalMilliseconds - began);
        return Job.StageFraction is { } share && Job.Stage == stage.Name
            ? string.Create(CultureInfo.InvariantCulture, $"{(Job.Estimated ? "≈ " : "")}{(int)(share * 100)} % · {soFar}")
            : soFar;
    }
}
