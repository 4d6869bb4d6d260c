using ProgressHub.Core.Events;
using ProgressHub.Workloads.Analysis.Sessions;

namespace ProgressHub.Workloads.AspNetCore.Dialects.SessionLog;

/// <summary>A session as it is asked for, whether it is there or not (yet).</summary>
/// <param name="Owner">Who asks.</param>
/// <param name="Name">What its client calls it.</param>
/// <param name="Tag">The tag of its jobs: known before there is a session.</param>
/// <param name="Session">The session; null where there is none.</param>
internal sealed record SessionScope(string Owner, string Name, string Tag, AnalysisSession? Session)
{
    /// <summary>The kind of its jobs.</summary>
    public const string Kind = "analysis";

    /// <summary>Whether an event is the first of a job of this session.</summary>
    public bool Begins(JobEvent jobEvent) => jobEvent is QueuedEvent { Kind: Kind, Tags: { } tags } && tags.Contains(Tag);

    /// <summary>Whether a job is of this session.</summary>
    public bool Has(JobSnapshot job) => job.Kind == Kind && job.Tags.Contains(Tag);

    /// <summary>After which event a job's log is shown: 0 for all of it, and beyond its end where it was cleared whole.</summary>
    public long ShownAfter(JobSnapshot job) => Session?.Cleared switch
    {
        { } cleared when cleared.JobId == job.JobId.ToString() => cleared.Seq,
        { } cleared when job.CreatedAt <= cleared.At => job.Seq,
        _ => 0,
    };
}
