using System.Globalization;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Workloads.AspNetCore.Dialects.SessionLog;

/// <summary>A job's events as lines of its session's log. Pure: the same log gives the same lines.</summary>
internal static class SessionLogProjection
{
    /// <summary>Whether an event of that type may be a line at all: saves reading the others.</summary>
    public static bool MayTell(string type) => type is "log" or "retrying" or "done";

    /// <summary>The line of an event; null where the dialect says nothing of it.</summary>
    public static SessionEvent? Of(JobEvent jobEvent) => jobEvent switch
    {
        LogEvent line => Line(line, LevelOf(line.Level), line.Message, line.Step, line.TotalSteps),
        RetryingEvent again => Line(again, "warning", $"Interrupted, starting again: {again.Reason}"),
        DoneEvent { State: JobState.Failed } end => Line(end, "error", $"{Failed(end.Summary)}: {end.Error?.Message}"),
        DoneEvent { State: JobState.Canceled } end => Line(end, "warning", "Analysis canceled"),
        _ => null,
    };

    /// <summary>The identity of an event's line.</summary>
    public static string IdOf(JobId job, long seq) => string.Create(CultureInfo.InvariantCulture, $"{job}-{seq}");

    // What failed is the stage that was under way; only a query of the asker's own has none for its context.
    private static string Failed(JobSummary summary) => summary.Stages is not [.., var last] ? "Analysis failed" : last.Name switch
    {
        "context" => "Context search failed",
        "executing" when summary.Stages.All(s => s.Name != "context") => "Query execution failed",
        _ => "Analysis failed",
    };

    private static SessionEvent Line(JobEvent jobEvent, string level, string message, int? step = null, int? totalSteps = null) =>
        new(IdOf(jobEvent.JobId, jobEvent.Seq), level, message, step, totalSteps, jobEvent.At);

    private static string LevelOf(JobLogLevel level) => level switch
    {
        JobLogLevel.Success => "success",
        JobLogLevel.Warning => "warning",
        JobLogLevel.Error => "error",
        _ => "info",
    };
}
