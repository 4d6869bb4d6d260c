using System.Text.Json;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;

namespace ProgressHub.Core.Workloads;

/// <summary>
/// What a handler sees of its job. Safe to use from any thread. Everything it is told keeps its order; what is told after
/// the handler has returned, or after the attempt was given up, has no effect.
/// </summary>
public abstract class WorkloadContext
{
    /// <summary>The job.</summary>
    public abstract JobId JobId { get; }

    /// <summary>The input, as it was accepted (without its secrets).</summary>
    public abstract JsonElement Input { get; }

    /// <summary>Which attempt this is, from 1.</summary>
    public abstract int Attempt { get; }

    /// <summary>The clock.</summary>
    public abstract TimeProvider Time { get; }

    /// <summary>Canceled when somebody cancels the job, its time is over, or the server stops.</summary>
    public abstract CancellationToken CancellationToken { get; }

    /// <summary>
    /// Where to report how far the present stage is. Reporting never blocks and never throws, and may be done a million
    /// times a second: reports are coalesced.
    /// </summary>
    public abstract IProgress<ProgressUpdate> Progress { get; }

    /// <summary>The pieces that earlier attempts finished well, by index. They are not to be done again.</summary>
    public abstract IReadOnlyDictionary<int, PartialResult> RestoredPartials { get; }

    /// <summary>A secret that came with the request, or null (also after a restart: secrets are never stored).</summary>
    public abstract string? Secret(string name);

    /// <summary>Begins a stage of the plan; the one before it is finished.</summary>
    public abstract ValueTask BeginStageAsync(string name);

    /// <summary>
    /// Adds a line to the job's log. Never coalesced, never dropped; completes once there is room for more, so that a
    /// handler that awaits it can't outrun the disk.
    /// </summary>
    public abstract ValueTask LogAsync(
        JobLogLevel level, string message, int? step = null, int? totalSteps = null, TimeSpan? duration = null);

    /// <summary>Delivers a piece of the result. Never coalesced, never dropped; completes once there is room for more.</summary>
    public abstract ValueTask PartialAsync(PartialResult partial);

    /// <summary>What the last <see cref="SaveCheckpointAsync"/> of any attempt saved, or null.</summary>
    public abstract ValueTask<ReadOnlyMemory<byte>?> ReadCheckpointAsync();

    /// <summary>Keeps opaque bytes for the attempt that takes over after a crash; returns once they are on disk.</summary>
    public abstract ValueTask SaveCheckpointAsync(ReadOnlyMemory<byte> checkpoint);

    /// <summary>Asks the user and waits for the answer; null where nobody answered in time.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="options">What may be answered; null where any text may.</param>
    /// <param name="timeout">How long to wait: more than nothing, at most 30 days.</param>
    public abstract Task<string?> AskAsync(string question, IReadOnlyList<string>? options, TimeSpan timeout);
}
