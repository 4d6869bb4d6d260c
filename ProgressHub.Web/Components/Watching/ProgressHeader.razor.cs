using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Look;

namespace ProgressHub.Web.Components.Watching;

/// <summary>What a job is and how far it is.</summary>
public sealed partial class ProgressHeader
{
    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobSnapshot Job { get; set; } = null!;

    /// <summary>Whether this is up to date.</summary>
    [Parameter]
    public FeedConnection Connection { get; set; }

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private string PercentText => Job switch
    {
        { State: JobState.Queued } or { State: JobState.WaitingForInput, Fraction: <= 0 } => "Waiting",
        _ when Job.IsIndeterminate() => "Working",
        _ => string.Create(CultureInfo.InvariantCulture, $"{(Job.Estimated && !Job.IsFinal ? "≈ " : "")}{Job.Percent()} %"),
    };

    private string? Doing => Job switch
    {
        { State: JobState.Queued, QueuePosition: 0 } => "Next in the queue",
        { State: JobState.Queued, QueuePosition: 1 } => "1 job stands before it",
        { State: JobState.Queued, QueuePosition: { } before } => $"{before} jobs stand before it",
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

    private string CountedLabel => string.IsNullOrEmpty(Job.Unit) ? "Done" : StateWords.KindLabel(Job.Unit);

    private static string Number(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);

    private static string Basis(Eta eta) => eta.Basis switch
    {
        "history" => $"from {eta.Samples} earlier runs",
        "blend" => $"from {eta.Samples} earlier runs and this one",
        _ => "from this run",
    };
}
