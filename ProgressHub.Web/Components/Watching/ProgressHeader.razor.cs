using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Shared;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Watching;

/// <summary>How far a job is, how long it will still take, and what it has used.</summary>
public sealed partial class ProgressHeader
{
    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobSnapshot Job { get; set; } = null!;

    // Its state, how long it took and when it ended stand above: nothing of that is said again.
    private bool IsDone => Job is { State: JobState.Succeeded, Partials.Failed: 0 };

    private string PercentText => Job switch
    {
        { IsFinal: false, Stalled: true } => StateWords.StalledLabel,
        { State: JobState.Failed or JobState.Canceled } => UiText.Of("Stopped at {0} %", Job.Percent()),
        { State: JobState.Queued } or { State: JobState.WaitingForInput, Fraction: <= 0 } => UiText.Of("Waiting"),
        _ when Job.IsIndeterminate() => UiText.Of("Working"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(Job.Estimated && !Job.IsFinal ? "≈ " : "")}{Job.Percent()} %"),
    };

    private string? Doing => Job switch
    {
        { State: JobState.Queued, QueuePosition: 0 } => UiText.Of("Next in the queue"),
        { State: JobState.Queued, QueuePosition: { } before } =>
            UiText.Plural(before, UiText.Key("1 job ahead in the queue"), UiText.Key("{0:N0} jobs ahead in the queue")),
        { IsFinal: true } => null,
        { Estimated: true } when Job.Said() is { } said => UiText.Of("{0} (estimated)", said),
        _ => Job.Said(),
    };

    private string? Waits(IReadOnlyList<QueuePause> pauses) => pauses.FirstOrDefault(pause => pause.Holds(Job.Kind)) switch
    {
        null => Doing,
        { Kind: null, By: null } => UiText.Of("The queue is paused"),
        { Kind: null, By: { } by } => UiText.Of("The queue is paused by {0}", by),
        { By: null } => UiText.Of("Jobs of this kind are paused"),
        { By: { } by } => UiText.Of("Jobs of this kind are paused by {0}", by),
    };

    private string? Counted => Job switch
    {
        { IsFinal: false, Current: { } current, Total: { } total } => UiText.Of("{0} of {1}", Number(current), Number(total)),
        { IsFinal: false, Current: { } current } => Number(current),
        _ => null,
    };

    private string? Items => Job.Partials switch
    {
        { Ok: 0, Failed: 0 } => null,
        { Failed: 0, Ok: var ok, Total: null } => UiText.Of("{0} done", Number(ok)),
        { Ok: var ok, Failed: 0, Total: { } all } => UiText.Of("{0} of {1} done", Number(Math.Min(ok, all)), Number(all)),
        { Ok: var ok, Failed: var failed, Total: null } => UiText.Of("{0} done, {1} failed", Number(ok), Number(failed)),
        { Ok: var ok, Failed: var failed, Total: { } all } => UiText.Of("{0} done, {1} failed, {2} open", Number(ok), Number(failed), Number(Math.Max(0, all - ok - failed))),
    };

    private string CountedLabel => string.IsNullOrEmpty(Job.Unit) ? UiText.Of("Done") : UiText.Of(StateWords.Capitalized(Job.Unit));

    private static string Number(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);

    private static string Basis(Eta eta) => eta.Basis switch
    {
        "history" => UiText.Plural(eta.Samples, UiText.Key("from 1 earlier run"), UiText.Key("from {0:N0} earlier runs")),
        "blend" => UiText.Plural(eta.Samples, UiText.Key("from 1 earlier run and this one"), UiText.Key("from {0:N0} earlier runs and this one")),
        _ => UiText.Of("from this run"),
    };
}
