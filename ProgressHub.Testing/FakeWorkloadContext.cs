using System.Text.Json;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Testing;

/// <summary>
/// A job without a server: gives a handler what a test put there, and records all that the handler tells it. To run a
/// workload from its input to its result, see <see cref="WorkloadHarness"/>. Dispose it, and the files of the job go.
/// </summary>
public sealed class FakeWorkloadContext : WorkloadContext, IProgress<ProgressUpdate>, IDisposable
{
    private static readonly TimeSpan LongestQuestion = TimeSpan.FromDays(30);

    private readonly CancellationTokenSource _cancellation = new();
    private readonly FakeFiles _files;
    private readonly bool _ownsFiles;
    private readonly Lock _usageGate = new();
    private JobUsage _usage = JobUsage.None;
    private int _delivered;

    /// <summary>Makes a job.</summary>
    /// <param name="input">Its input: a <see cref="JsonElement"/>, or an object that is written as one in camelCase.</param>
    public FakeWorkloadContext(object input)
        : this(new FakeJob(InputJson.Of(input), [], new FakeFiles())) => _ownsFiles = true;

    /// <summary>Makes an attempt of a job, whose files outlive it.</summary>
    internal FakeWorkloadContext(FakeJob job)
    {
        _files = job.Files;
        JobId = job.Id;
        Input = job.Input;
    }

    /// <summary>The secrets that came with the request, by name.</summary>
    public Dictionary<string, string> Secrets { get; init; } = [];

    /// <summary>The pieces that earlier attempts delivered, by index.</summary>
    public Dictionary<int, PartialResult> Restored { get; init; } = [];

    /// <summary>Where earlier attempts had got to.</summary>
    public ResumePoint ResumesAt { get; init; } = new(null, 0, null);

    /// <summary>The checkpoint: what an earlier attempt saved, then what the handler saves; null for none.</summary>
    public byte[]? Checkpoint { get; set; }

    /// <summary>How the attempt is done; a stage that is not in it can't begin then. Null where any may.</summary>
    public WorkloadPlan? Planned { get; init; }

    /// <summary>Whose job it is.</summary>
    public string JobOwner { get; init; } = "ann";

    /// <summary>Which attempt it is, from 1.</summary>
    public int AttemptNumber { get; init; } = 1;

    /// <summary>The handler's clock, such as a <c>FakeTimeProvider</c>; the system's where a test sets none.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Answers a question; null for one that nobody answers in time, as all are where a test sets nothing.</summary>
    public Func<string, string?> OnAsk { get; init; } = static _ => null;

    /// <summary>Called with each piece as it is delivered, such as to cancel the job in the middle.</summary>
    public Action<PartialResult>? OnPartial { get; init; }

    /// <summary>After how many pieces the attempt is given up; null for never.</summary>
    internal int? InterruptAfterPartials { get; init; }

    /// <summary>All that the handler told.</summary>
    public JobRecord Record { get; } = new();

    /// <summary>The names of the stages that began, in order.</summary>
    public IReadOnlyList<string> StageNames => Record.StageNames;

    /// <summary>Every report of progress, in order.</summary>
    public IReadOnlyList<ProgressUpdate> Updates => Record.Updates;

    /// <summary>The lines of the log, in order.</summary>
    public IReadOnlyList<RecordedLog> Lines => Record.Lines;

    /// <summary>The pieces of the result, in the order they were delivered; without those restored.</summary>
    public IReadOnlyList<PartialResult> Partials => Record.Partials;

    /// <summary>What the pieces say, restored ones too, in order of their index; the latest of each.</summary>
    public string Text => string.Concat(AllPartials.OrderBy(p => p.Key).Select(p => p.Value.Text));

    /// <summary>The pieces as they stand, by index: restored ones, and the latest of those delivered.</summary>
    internal IReadOnlyDictionary<int, PartialResult> AllPartials =>
        Restored.Values.Concat(Partials).GroupBy(p => p.Index).ToDictionary(g => g.Key, g => g.Last());

    /// <summary>The files that the handler has made, by name.</summary>
    public IReadOnlyDictionary<string, UploadedFile> Derived => _files.Derived;

    /// <inheritdoc/>
    public override JobId JobId { get; }

    /// <inheritdoc/>
    public override string Owner => JobOwner;

    /// <inheritdoc/>
    public override JsonElement Input { get; }

    /// <inheritdoc/>
    public override WorkloadPlan? Plan => Planned;

    /// <inheritdoc/>
    public override int Attempt => AttemptNumber;

    /// <inheritdoc/>
    public override TimeProvider Time => Clock;

    /// <inheritdoc/>
    public override CancellationToken CancellationToken => _cancellation.Token;

    /// <inheritdoc/>
    public override IProgress<ProgressUpdate> Progress => this;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<int, PartialResult> RestoredPartials => Restored;

    /// <inheritdoc/>
    public override ResumePoint Resumed => ResumesAt;

    /// <inheritdoc/>
    public override string WorkFolder => _files.WorkFolder;

    /// <summary>Cancels the job.</summary>
    public void Cancel() => _cancellation.Cancel();

    /// <summary>Puts an uploaded file where the handler finds it.</summary>
    /// <param name="id">Its identity, as the input names it.</param>
    /// <param name="name">What its sender called it.</param>
    /// <param name="mediaType">What it is, such as <c>audio/wav</c>.</param>
    /// <param name="content">Its bytes.</param>
    public UploadedFile Upload(string id, string name, string mediaType, byte[] content) =>
        _files.AddUpload(id, name, mediaType, content);

    /// <inheritdoc/>
    public void Report(ProgressUpdate value) => Record.Add(new RecordedProgress(value));

    /// <inheritdoc/>
    public override string? Secret(string name) => Secrets.GetValueOrDefault(name);

    /// <inheritdoc/>
    public override void SetInputSize(double size) => Record.Add(new RecordedInputSize(size));

    /// <summary>Runs the operation; a test sees no reports in between.</summary>
    /// <inheritdoc/>
    public override Task<T> PulseAsync<T>(Func<CancellationToken, Task<T>> operation, PulseOptions? options = null) =>
        Task.Run(() => operation(CancellationToken), CancellationToken).WaitAsync(CancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The plan has no such stage.</exception>
    public override ValueTask BeginStageAsync(string name)
    {
        _ = Planned?.Stages.IndexOf(name);
        Record.Add(new RecordedStage(name));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override ValueTask LogAsync(
        JobLogLevel level, string message, int? step = null, int? totalSteps = null, TimeSpan? duration = null)
    {
        Record.Add(new RecordedLog(level, message, step, totalSteps, duration));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override JobUsage Usage
    {
        get
        {
            lock (_usageGate)
                return _usage;
        }
    }

    /// <inheritdoc/>
    public override ValueTask AddUsageAsync(JobUsage used)
    {
        lock (_usageGate)
            Record.Add(new RecordedUsage(_usage = _usage.Plus(used)));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override ValueTask PartialAsync(PartialResult partial)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(partial.Index);
        if (!Record.Add(new RecordedPartial(partial)))
            return ValueTask.CompletedTask;
        if (Interlocked.Increment(ref _delivered) == InterruptAfterPartials)
        {
            Record.Close();
            Cancel();
        }

        OnPartial?.Invoke(partial);
        return ValueTask.CompletedTask;
    }

    /// <summary>Records each update as what it consists of: stage, progress, lines, piece.</summary>
    /// <inheritdoc/>
    public override async Task<long> ApplyAsync(IReadOnlyList<WorkloadUpdate> updates)
    {
        foreach (var update in updates)
        {
            if (update.Stage is { } stage)
                await BeginStageAsync(stage);
            if (update.Progress is { } progress)
                Report(progress);
            foreach (var line in update.Log)
                await LogAsync(line.Level, line.Message, line.Step, line.TotalSteps);
            if (update.Partial is { } partial)
                await PartialAsync(partial);
        }

        return Record.Events.Count;
    }

    /// <inheritdoc/>
    public override ValueTask<ReadOnlyMemory<byte>?> ReadCheckpointAsync() => 
        ValueTask.FromResult(Checkpoint is null ? null : (ReadOnlyMemory<byte>?)Checkpoint);

    /// <inheritdoc/>
    public override ValueTask SaveCheckpointAsync(ReadOnlyMemory<byte> checkpoint)
    {
        var kept = checkpoint.ToArray();
        if (Record.Add(new RecordedCheckpoint(kept)))
            Checkpoint = kept;
        return ValueTask.CompletedTask;
    }

    /// <summary>Answers at once with what <see cref="OnAsk"/> says.</summary>
    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The test's answer is none of the options.</exception>
    public override Task<string?> AskAsync(string question, IReadOnlyList<string>? options, TimeSpan timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeout, LongestQuestion);
        CancellationToken.ThrowIfCancellationRequested();
        var answer = OnAsk(question);
        if (answer is not null && options is not null && !options.Contains(answer))
            throw new InvalidOperationException($"The test answers '{answer}'; what may be answered is {string.Join(", ", options)}.");
        Record.Add(new RecordedQuestion(question, options, timeout, answer));
        return Task.FromResult(answer);
    }

    /// <inheritdoc/>
    public override Task<UploadedFile> ReceiveFileAsync(string fileId)
    {
        var file = _files.FindUpload(fileId) ?? throw new WorkloadException("upload_not_found", "There is no such file.");
        Report(new ProgressUpdate(file.Length, file.Length, Unit: "bytes"));
        return Task.FromResult(file);
    }

    /// <inheritdoc/>
    public override Task<UploadedFile> AddFileAsync(string name, string mediaType, Stream content)
    {
        var file = _files.AddDerived(name, mediaType, content);
        Record.Add(new RecordedFile(file));
        return Task.FromResult(file);
    }

    /// <inheritdoc/>
    public override ValueTask<UploadedFile?> FindFileAsync(string name) => ValueTask.FromResult(_files.FindDerived(name));

    /// <inheritdoc/>
    public void Dispose()
    {
        _cancellation.Dispose();
        if (_ownsFiles)
            _files.Dispose();
    }
}
