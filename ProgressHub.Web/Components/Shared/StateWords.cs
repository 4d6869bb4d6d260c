using System.Globalization;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Shared;

/// <summary>States and shares as a person reads them.</summary>
internal static class StateWords
{
    /// <summary>What a job is called whose program has not been heard of for too long.</summary>
    public static string StalledLabel => UiText.Of("Stalled");

    public static string Label(this JobState state) => state switch
    {
        JobState.Queued => UiText.Of("Queued"),
        JobState.Running => UiText.Of("Running"),
        JobState.WaitingForInput => UiText.Of("Needs an answer"),
        JobState.Canceling => UiText.Of("Canceling"),
        JobState.Succeeded => UiText.Of("Succeeded"),
        JobState.Failed => UiText.Of("Failed"),
        _ => UiText.Of("Canceled"),
    };

    /// <summary>Where a job stands and what came of it: no answer found, or failed in parts, is no plain success.</summary>
    public static string Standing(this JobSnapshot job) => job switch
    {
        { IsFinal: false, Stalled: true } => StalledLabel,
        { Outcome: JobOutcomes.NoAnswer } => UiText.Of("No answer"),
        { State: JobState.Succeeded, Partials.Failed: > 0 and var failed } => UiText.Of("Succeeded, {0:N0} failed", failed),
        { State: JobState.Failed, Error.Code: "items_failed", Partials: { Failed: > 0 and var failed, Ok: var ok, Total: var total } } =>
            UiText.Of("{0:N0} of {1:N0} failed", failed, Math.Max(total ?? 0, ok + failed)),
        _ => job.State.Label(),
    };

    public static string Icon(this JobState state) => state switch
    {
        JobState.Queued => "clock",
        JobState.Running => "play",
        JobState.WaitingForInput => "question",
        JobState.Canceling => "stop",
        JobState.Succeeded => "check",
        JobState.Failed => "warning",
        _ => "stop",
    };

    /// <summary>Whole percent; 100 is said of nothing that has not succeeded.</summary>
    public static int Percent(this JobSnapshot job) =>
        job.State == JobState.Succeeded ? 100 : Math.Clamp((int)(job.Fraction * 100), 0, 99);

    /// <summary>Whether nothing is known of how far the job is.</summary>
    public static bool IsIndeterminate(this JobSnapshot job) =>
        job.State is JobState.Running or JobState.Canceling && job.StageFraction is null && job.Fraction <= 0;

    /// <summary>The page title of a job: how far it is, then what it is.</summary>
    public static string Headline(this JobSnapshot job) => job.State switch
    {
        JobState.Running when job.Stalled != true && !job.IsIndeterminate() =>
            string.Create(CultureInfo.InvariantCulture, $"{job.Percent()} % · {job.Title}"),
        _ => $"{job.Standing()} · {job.Title}",
    };

    /// <summary>The label of the stage under way, or null.</summary>
    public static string? StageLabel(this JobSnapshot job)
    {
        foreach (var stage in job.Stages)
        {
            if (stage.Name == job.Stage)
                return UiText.Of(stage.Label);
        }

        return null;
    }

    /// <summary>What a person calls a kind: its workload's label; the kind itself where this server has no such workload.</summary>
    public static string LabelOf(this WorkloadCatalog workloads, string kind) =>
        UiText.Of(workloads.Find(kind)?.Descriptor.Label ?? Capitalized(kind));

    /// <summary>A word such as <c>batches</c> as it begins a line: <c>Batches</c>.</summary>
    public static string Capitalized(string word) =>
        word.Length == 0 ? word : string.Concat(char.ToUpperInvariant(word[0]).ToString(), word.AsSpan(1));
}
