using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Testing;

/// <summary>One attempt of a job that <see cref="WorkloadHarness"/> ran, and how it ended.</summary>
public sealed record WorkloadRun
{
    internal WorkloadRun(FakeJob job) => Job = job;

    /// <summary>How the job would be done: its stages, engine, title and size.</summary>
    public required WorkloadPlan Plan { get; init; }

    /// <summary>Which attempt it was, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>How it ended: succeeded, failed or canceled.</summary>
    public required JobState State { get; init; }

    /// <summary>
    /// Why it failed; null where it did not. Pieces that failed for good are <c>items_failed</c>, as on a server. One that
    /// is transient would be tried again there: see <see cref="WorkloadHarness.ResumeAsync"/>.
    /// </summary>
    public WorkloadException? Error { get; init; }

    /// <summary>What the handler returned; null where it did not return.</summary>
    public WorkloadOutcome? Outcome { get; init; }

    /// <summary>
    /// What a watcher can download: what the handler returned, else what the workload makes of the pieces so far; null
    /// where there is neither.
    /// </summary>
    public ResultDocument? Result { get; init; }

    /// <summary>All that the handler told, in order.</summary>
    public required JobRecord Record { get; init; }

    /// <summary>The pieces of the result as they stand, by index: restored ones and those of this attempt.</summary>
    public required IReadOnlyDictionary<int, PartialResult> Partials { get; init; }

    /// <summary>The checkpoint as it stands; null where none was saved.</summary>
    public byte[]? Checkpoint { get; init; }

    /// <summary>The files that the job has made, by name.</summary>
    public required IReadOnlyDictionary<string, UploadedFile> Files { get; init; }

    /// <summary>The job, for its next attempt.</summary>
    internal FakeJob Job { get; }
}
