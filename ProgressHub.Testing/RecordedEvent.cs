using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Testing;

/// <summary>One thing that a handler told its job.</summary>
public abstract record RecordedEvent;

/// <summary>A stage began.</summary>
/// <param name="Name">Its name in the plan.</param>
public sealed record RecordedStage(string Name) : RecordedEvent;

/// <summary>Progress was reported. Unlike a server's, reports are not coalesced: each is recorded.</summary>
/// <param name="Update">What was reported.</param>
public sealed record RecordedProgress(ProgressUpdate Update) : RecordedEvent;

/// <summary>A line was added to the job's log.</summary>
/// <param name="Level">How it is meant.</param>
/// <param name="Message">The line.</param>
/// <param name="Step">Which step it belongs to, from 1; null where it belongs to none.</param>
/// <param name="TotalSteps">Of how many steps; null where that is unknown.</param>
/// <param name="Duration">How long it took; null where it says nothing of time.</param>
public sealed record RecordedLog(
    JobLogLevel Level, string Message, int? Step = null, int? TotalSteps = null, TimeSpan? Duration = null) : RecordedEvent;

/// <summary>A piece of the result was delivered.</summary>
/// <param name="Partial">The piece.</param>
public sealed record RecordedPartial(PartialResult Partial) : RecordedEvent;

/// <summary>The user was asked.</summary>
/// <param name="Question">What was asked.</param>
/// <param name="Options">What may be answered; null where any text may.</param>
/// <param name="Timeout">How long the handler would have waited.</param>
/// <param name="Answer">What the test answered; null where it let the time pass.</param>
public sealed record RecordedQuestion(
    string Question, IReadOnlyList<string>? Options, TimeSpan Timeout, string? Answer) : RecordedEvent;

/// <summary>A checkpoint was saved.</summary>
/// <param name="Checkpoint">Its bytes.</param>
public sealed record RecordedCheckpoint(ReadOnlyMemory<byte> Checkpoint) : RecordedEvent;

/// <summary>A file was kept with the job.</summary>
/// <param name="File">The file; its bytes are gone with the context.</param>
public sealed record RecordedFile(UploadedFile File) : RecordedEvent;

/// <summary>The size of the input was said.</summary>
/// <param name="Size">In the workload's own unit.</param>
public sealed record RecordedInputSize(double Size) : RecordedEvent;

/// <summary>Models were used.</summary>
/// <param name="Total">What has been used so far.</param>
public sealed record RecordedUsage(JobUsage Total) : RecordedEvent;
