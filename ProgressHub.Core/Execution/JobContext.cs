using System.Globalization;
using System.Text.Json;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>What one attempt's handler sees. Once it is closed, nothing the handler does has an effect.</summary>
internal sealed class JobContext(
    Attempt attempt, PreparedAttempt prepared, JobProgress progress, JobFiles files, CancellationToken cancellationToken)
    : WorkloadContext
{
    private readonly Job _job = attempt.Job;
    private readonly EventWriter _writer = attempt.Writer;
    private readonly JobQuestion _question = new(attempt.Writer, progress, attempt.Time);
    private readonly Lock _usageGate = new();
    private int _finishedItems;

    public override JobId JobId => _job.Id;

    public override string Owner => _job.Owner;

    public override JsonElement Input => prepared.Input.Stored;

    public override WorkloadPlan Plan => prepared.Input.Plan;

    /// <summary>The input as its workload reads it.</summary>
    public WorkloadInput Read => prepared.Input.Read;

    public override int Attempt => _job.Attempt;

    public override TimeProvider Time => attempt.Time;

    public override CancellationToken CancellationToken => cancellationToken;

    public override IProgress<ProgressUpdate> Progress => progress;

    public override IReadOnlyDictionary<int, PartialResult> RestoredPartials => prepared.Restored.Results;

    public override ResumePoint Resumed => prepared.Resumed;

    /// <summary>
    /// Whether the attempt has come further than those before it: what each finishes anew, a job that gets nowhere could be
    /// tried for by ever.
    /// </summary>
    public bool MadeProgress => Volatile.Read(ref _finishedItems) > 0;

    /// <summary>Hears of stages.</summary>
    public AttemptTrace? Trace { get; init; }

    public override string? Secret(string name) => prepared.Input.Secret(name);

    public override void SetInputSize(double size) => progress.Learn(stages => stages.Remaining.Size = size);

    public override void Expect(string stage, TimeSpan duration, bool isMeasured = false) =>
        progress.Learn(stages => stages.Expect(stage, duration, isMeasured));

    public override Task<T> PulseAsync<T>(Func<CancellationToken, Task<T>> operation, PulseOptions? options = null) =>
        new Pulse(progress, options ?? new PulseOptions(), progress.Usual(), attempt.Time)
            .RunAsync(operation, cancellationToken);

    public override ValueTask BeginStageAsync(string name)
    {
        progress.BeginStage(name);
        Trace?.BeginStage(name);
        return _writer.WaitForRoomAsync();
    }

    public override ValueTask LogAsync(
        JobLogLevel level, string message, int? step = null, int? totalSteps = null, TimeSpan? duration = null)
    {
        RequireRoomInLog();
        progress.Append(new LogEvent(
            level, EventText.Message(message), step, totalSteps, duration is { } d ? (long)d.TotalMilliseconds : null));
        return _writer.WaitForRoomAsync();
    }

    public override ValueTask PartialAsync(PartialResult partial)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(partial.Index);
        RequireRoomInLog();
        var marked = prepared.Checkpoint.MarkAsync();
        return marked.IsCompletedSuccessfully ? AppendAsync(partial) : AppendAsync(marked, partial);
    }

    public override JobUsage Usage => _writer.Draft.Usage ?? JobUsage.None;

    public override void RequireWithinQuota(JobUsage total) => prepared.Allowance?.Require(total);

    public override async ValueTask AddUsageAsync(JobUsage used)
    {
        // Nobody else tells of usage, so the total can't change in between.
        lock (_usageGate)
        {
            var total = Usage.Plus(used);
            progress.Append(UsageEvent.Of(total));
            prepared.Allowance?.Tell(total);
        }

        await _writer.WaitForRoomAsync();
        if (prepared.Allowance is { } allowance)
            await allowance.RefreshAsync(CancellationToken.None);
    }

    public override async Task<long> ApplyAsync(IReadOnlyList<WorkloadUpdate> updates)
    {
        RequireRoomInLog();
        if (updates.Any(update => update.Partial is not null))
            await prepared.Checkpoint.MarkAsync();
        foreach (var update in updates)
        {
            if (update.Stage is { } stage)
                Trace?.BeginStage(stage);
        }

        // They may be as many as a request can hold, but one group at a time.
        await _writer.WaitForRoomAsync();
        var reached = progress.AppendTogether([.. updates.Select(update => new ProgressGroup(
            update.Number, update.Stage, update.Progress, Events(update)))]);
        if (reached is { } seq)
        {
            await _writer.FlushAsync();
            if (!_writer.Lost.IsCancellationRequested)
                return seq;
        }

        throw new InvalidOperationException("The attempt is over.");
    }

    public override async ValueTask<ReadOnlyMemory<byte>?> ReadCheckpointAsync() => await prepared.Checkpoint.ReadAsync();

    public override async ValueTask SaveCheckpointAsync(ReadOnlyMemory<byte> saved)
    {
        if (await prepared.Checkpoint.SaveAsync(saved))
            Interlocked.Increment(ref _finishedItems);
    }

    public override Task<string?> AskAsync(string question, IReadOnlyList<string>? options, TimeSpan timeout) =>
        attempt.Slot.ReleaseWhileAsync(() => _question.AskAsync(question, options, timeout, cancellationToken), cancellationToken);

    public override string WorkFolder => files.WorkFolder;

    public override async Task<UploadedFile> ReceiveFileAsync(string fileId)
    {
        var file = await files.ReceiveAsync(fileId);
        await prepared.Input.RefreshAsync(cancellationToken);
        return file;
    }

    public override Task<UploadedFile> AddFileAsync(string name, string mediaType, Stream content) =>
        files.AddAsync(name, mediaType, content);

    public override ValueTask<UploadedFile?> FindFileAsync(string name) => files.FindDerivedAsync(name);

    // A handler, or a program that reports, that never stops would else fill the disk.
    private void RequireRoomInLog()
    {
        if (_writer.Draft.Seq >= attempt.Options.MaxEvents || _writer.AppendedBytes >= attempt.Options.MaxEventBytes)
        {
            throw new WorkloadException("too_many_events", string.Create(
                CultureInfo.InvariantCulture,
                $"The job has reported as much as a job may ({_writer.Draft.Seq} events, {_writer.AppendedBytes} bytes). Report less, or in several jobs."));
        }
    }

    private IReadOnlyList<JobEvent> Events(WorkloadUpdate update) =>
    [
        .. update.Log.Select(line => new LogEvent(line.Level, EventText.Message(line.Message), line.Step, line.TotalSteps)),
        .. update.Partial is { } partial ? (JobEvent[])[Event(partial)] : [],
    ];

    private async ValueTask AppendAsync(ValueTask marked, PartialResult partial)
    {
        await marked;
        await AppendAsync(partial);
    }

    private ValueTask AppendAsync(PartialResult partial)
    {
        progress.Append(Event(partial));
        return _writer.WaitForRoomAsync();
    }

    private PartialEvent Event(PartialResult partial)
    {
        if (partial.Ok && !prepared.Restored.Results.ContainsKey(partial.Index))
            Interlocked.Increment(ref _finishedItems);
        return new PartialEvent(
            partial.Index, partial.Total, partial.Ok, partial.Text, partial.Data, EventText.Line(partial.Error));
    }

    /// <summary>Hands an answer to the question that waits for it.</summary>
    /// <exception cref="JobConflictException">No such question waits, or it does not take this answer.</exception>
    public Task AnswerAsync(string requestId, string answer) => _question.AnswerAsync(requestId, answer);
}
