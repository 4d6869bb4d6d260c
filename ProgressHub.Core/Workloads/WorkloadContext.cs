using System.Text;
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

    /// <summary>Whose job it is.</summary>
    public abstract string Owner { get; }

    /// <summary>
    /// The input, as it was accepted (without its secrets). What a request said behind its file is in it once
    /// <see cref="ReceiveFileAsync"/> has returned.
    /// </summary>
    public abstract JsonElement Input { get; }

    /// <summary>How this attempt is done, as <see cref="IWorkload.PlanAsync"/> said; null where a test gives none.</summary>
    public virtual WorkloadPlan? Plan => null;

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

    /// <summary>Where the attempts before this one had got to.</summary>
    public abstract ResumePoint Resumed { get; }

    /// <summary>A secret that came with the request, or null (also after a restart: secrets are never stored).</summary>
    public abstract string? Secret(string name);

    /// <summary>Says how much there is to do, where the plan could not know (<see cref="WorkloadPlan.InputSize"/>).</summary>
    public abstract void SetInputSize(double size);

    /// <summary>
    /// Says how long a stage will take, as far as what has been seen of the work tells: the size of a file that has just come,
    /// for one. It counts until something was learned from earlier jobs, and may be said anew.
    /// </summary>
    /// <param name="stage">A stage of the plan, by its name.</param>
    /// <param name="duration">How long it takes as a whole.</param>
    /// <param name="isMeasured">
    /// Whether the stage is under way and its own pace says so: then it is what the time left is judged by.
    /// </param>
    /// <exception cref="ArgumentException">The plan has no such stage.</exception>
    public virtual void Expect(string stage, TimeSpan duration, bool isMeasured = false)
    {
    }

    /// <summary>
    /// Runs an operation that can't say how far it is, and reports about once a second meanwhile: how long it has run, how
    /// long it takes as a rule, and a share of the stage guessed from both, which nears the end and does not reach it.
    /// </summary>
    /// <param name="operation">The operation. Where it ignores its token, it is left to itself once that is canceled.</param>
    /// <param name="options">What is said meanwhile.</param>
    public abstract Task<T> PulseAsync<T>(Func<CancellationToken, Task<T>> operation, PulseOptions? options = null);

    /// <summary>The same for an operation that blocks its thread: it gets one of its own, and none of the pool's.</summary>
    /// <inheritdoc cref="PulseAsync{T}(Func{CancellationToken, Task{T}}, PulseOptions?)"/>
    public Task<T> PulseAsync<T>(Func<CancellationToken, T> operation, PulseOptions? options = null) => PulseAsync(
        token => Task.Factory.StartNew(
            () => operation(token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default),
        options);

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

    /// <summary>What this and earlier attempts of the job have used of models.</summary>
    public abstract JobUsage Usage { get; }

    /// <summary>
    /// Refuses that the job uses so much of models and audio in all, where its owner's month does not leave it. To be asked
    /// before something is used; <see cref="AddUsageAsync"/> tells that it was. What is not refused is taken at once: it counts
    /// where another job of the owner asks meanwhile.
    /// </summary>
    /// <param name="total">What the job would have used, this and earlier attempts together.</param>
    /// <exception cref="WorkloadException"><c>quota_tokens</c>, <c>quota_money</c> or <c>quota_audio_minutes</c>.</exception>
    public virtual void RequireWithinQuota(JobUsage total)
    {
    }

    /// <summary>Adds to what the job has used of models, and tells its watchers the new total.</summary>
    /// <param name="used">What has been used since the last time.</param>
    public abstract ValueTask AddUsageAsync(JobUsage used);

    /// <summary>
    /// Tells several things at once. Each update is on disk as a whole or not at all, whenever the server crashes, and all
    /// of them are once this returns. Of progress that is told in one go only the latest is shown.
    /// </summary>
    /// <returns>The <c>seq</c> the job has reached.</returns>
    /// <exception cref="ArgumentException">The plan has no such stage.</exception>
    /// <exception cref="InvalidOperationException">The attempt is over, here or for another one's sake; nothing counts.</exception>
    public abstract Task<long> ApplyAsync(IReadOnlyList<WorkloadUpdate> updates);

    /// <summary>What the last <see cref="SaveCheckpointAsync"/> of any attempt saved, or null.</summary>
    public abstract ValueTask<ReadOnlyMemory<byte>?> ReadCheckpointAsync();

    /// <summary>Keeps opaque bytes for the attempt that takes over after a crash; returns once they are on disk.</summary>
    public abstract ValueTask SaveCheckpointAsync(ReadOnlyMemory<byte> checkpoint);

    /// <summary>Asks the user and waits for the answer; null where nobody answered in time.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="options">What may be answered; null where any text may.</param>
    /// <param name="timeout">How long to wait: more than nothing, at most 30 days.</param>
    public abstract Task<string?> AskAsync(string question, IReadOnlyList<string>? options, TimeSpan timeout);

    /// <summary>
    /// A folder of this attempt alone, for what a tool needs on disk on the way; made when first asked for, gone with all
    /// that is in it when the attempt ends, also after a crash.
    /// </summary>
    public abstract string WorkFolder { get; }

    /// <summary>
    /// Waits until a file that was named in the input is here as a whole. While its bytes come, the present stage's
    /// progress counts them (<c>current</c>, <c>total</c>, unit <c>bytes</c>), and the job holds no slot of
    /// <c>Execution:MaxConcurrency</c>; it takes one again before this returns.
    /// </summary>
    /// <param name="fileId">What the input says in the property that <see cref="WorkloadDescriptor.FileInput"/> names.</param>
    /// <exception cref="WorkloadException">
    /// <c>upload_incomplete</c>: its sender broke off, or sent nothing for too long. <c>upload_not_found</c>: there is no
    /// such file of this job.
    /// </exception>
    public abstract Task<UploadedFile> ReceiveFileAsync(string fileId);

    /// <summary>
    /// Keeps a file that the work made, with the job, where its watchers can download it; one of the same name that the
    /// job made before is replaced. Returns once it is on disk.
    /// </summary>
    /// <param name="name">Its name within the job, such as <c>audio.wav</c>.</param>
    /// <param name="mediaType">What it is, such as <c>audio/wav</c>.</param>
    /// <param name="content">Its bytes, from the stream's present position to its end.</param>
    /// <exception cref="WorkloadException"><c>disk_full</c>: there is no room for it.</exception>
    public abstract Task<UploadedFile> AddFileAsync(string name, string mediaType, Stream content);

    /// <summary>Keeps a text that the work made, in UTF-8.</summary>
    /// <inheritdoc cref="AddFileAsync(string, string, Stream)"/>
    public async Task<UploadedFile> AddFileAsync(string name, string mediaType, string content)
    {
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(content), writable: false);
        return await AddFileAsync(name, mediaType, bytes);
    }

    /// <summary>
    /// The file of that name that this or an earlier attempt of the job made with
    /// <see cref="AddFileAsync(string, string, Stream)"/>; null where none did. What is found is whole.
    /// </summary>
    public abstract ValueTask<UploadedFile?> FindFileAsync(string name);
}
