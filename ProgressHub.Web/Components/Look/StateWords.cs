using System.Globalization;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Web.Components.Look;

/// <summary>States and shares as a person reads them.</summary>
internal static class StateWords
{
    public static string Label(this JobState state) => state switch
    {
        JobState.Queued => "Queued",
        JobState.Running => "Running",
        JobState.WaitingForInput => "Needs an answer",
        JobState.Canceling => "Canceling",
        JobState.Succeeded => "Succeeded",
        JobState.Failed => "Failed",
        _ => "Canceled",
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
        JobState.Running when !job.IsIndeterminate() =>
            string.Create(CultureInfo.InvariantCulture, $"{job.Percent()} % · {job.Title}"),
        _ => $"{job.State.Label()} · {job.Title}",
    };

    /// <summary>The label of the stage under way, or null.</summary>
    public static string? StageLabel(this JobSnapshot job)
    {
        foreach (var stage in job.Stages)
        {
            if (stage.Name == job.Stage)
                return stage.Label;
        }

        return null;
    }

    /// <summary>A kind such as <c>translation</c> as a word: <c>Translation</c>.</summary>
    public static string KindLabel(string kind) =>
        kind.Length == 0 ? kind : string.Concat(char.ToUpperInvariant(kind[0]).ToString(), kind.AsSpan(1));
}
