using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Shared;

namespace ProgressHub.Web.Components.Watching;

/// <summary>How far a job is, how long it will still take, and what it has used.</summary>
public sealed partial class ProgressHeader
{
    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobSnapshot Job { get; set; } = null!;

    private string PercentText => Job switch
    {
        { IsFinal: false, Stalled: true } => StateWords.StalledLabel,
        { State: JobState.Queued } or { State: JobState.WaitingForInput, Fraction: <= 0 } => "Waiting",
        _ when Job.IsIndeterminate() => "Working",
        _ => string.Create(CultureInfo.InvariantCulture, $"{(Job.Estimated && !Job.IsFinal ? "≈ " : "")}{Job.Percent()} %"),
    };

    private string? Doing => Job switch
    {
        { State: JobState.Queued, QueuePosition: 0 } => "Next in the queue",
        { State: JobState.Queued, QueuePosition: 1 } => "1 job ahead in the queue",
        { State: JobState.Queued, QueuePosition: { } before } => $"{before} jobs ahead in the queue",
        { IsFinal: true } => null,
        { Estimated: true, Message: { } message } => $"{message} (estimated)",
        _ => Job.Message,
    };

    private string? Counted => Job switch
    {
        { IsFinal: false, Current: { } current, Total: { } total } => $"{Number(current)} of {Number(total)}",
        { IsFinal: false, Current: { } current } => Number(current),
        _ => null,
    };

    private string? Items => Job.Partials switch
    {
        { Ok: 0, Failed: 0 } => null,
        { Failed: 0, Ok: var ok, Total: null } => $"{Number(ok)} done",
        { Ok: var ok, Failed: 0, Total: { } all } => $"{Number(Math.Min(ok, all))} of {Number(all)} done",
        { Ok: var ok, Failed: var failed, Total: null } => $"{Number(ok)} done, {Number(failed)} failed",
        { Ok: var ok, Failed: var failed, Total: { } all } => $"{Number(ok)} done, {Number(failed)} failed, {Number(Math.Max(0, all - ok - failed))} open",
    };

    private string CountedLabel => string.IsNullOrEmpty(Job.Unit) ? "Done" : StateWords.Capitalized(Job.Unit);

    private static string Number(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);

    private static string Basis(Eta eta) => eta.Basis switch
    {
        "history" => $"from {eta.Samples} earlier runs",
        "blend" => $"from {eta.Samples} earlier runs and this one",
        _ => "from this run",
    };
}
