using System.Text.Json;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>What one attempt's handler sees. Once it is closed, nothing the handler does has an effect.</summary>
internal sealed class JobContext(
    Job job,
    JsonElement input,
    IReadOnlyDictionary<int, PartialResult> restored,
    ResumePoint resumed,
    EventWriter writer,
    JobProgress progress,
    JobFiles files,
    JobPlace place,
    ExecutionServices services,
    CancellationToken cancellationToken) : WorkloadContext
{
    private readonly JobQuestion _question = new(writer, progress, services.Time);
    private JsonElement _input = input;
    private ReadOnlyMemory<byte>? _checkpoint;
    private int _finishedItems;

    public override JobId JobId => job.Id;

    public override string Owner => job.Owner;

    public override JsonElement Input => _input;

    public override int Attempt => job.Attempt;

    public override TimeProvider Time => services.Time;

    public override CancellationToken CancellationToken => cancellationToken;

    public override IProgress<ProgressUpdate> Progress => progress;

    public override IReadOnlyDictionary<int, PartialResult> RestoredPartials => restored;

    public override ResumePoint Resumed => resumed;

    /// <summary>
    /// Whether the attempt has come further than those before it: what each finishes anew, a job that gets nowhere could be
    /// tried for by ever.
    /// </summary>
    public bool IsFruitful => Volatile.Read(ref _finishedItems) > 0;

    public override string? Secret(string name) => services.Secrets.Find(job.Id, name);

    public override void SetInputSize(double size) => progress.SetSize(size);

    public override Task<T> PulseAsync<T>(Func<CancellationToken, Task<T>> operation, PulseOptions? options = null) =>
        new Pulse(progress, options ?? new PulseOptions(), progress.Usual(), services.Time)
            .RunAsync(operation, cancellationToken);

    public override ValueTask BeginStageAsync(string name)
    {
        progress.BeginStage(name);
        return writer.WaitForRoomAsync();
    }

    public override ValueTask LogAsync(
        JobLogLevel level, string message, int? step = null, int? totalSteps = null, TimeSpan? duration = null)
    {
        progress.Append(new LogEvent(
            level, EventText.Line(message), step, totalSteps, duration is { } d ? (long)d.TotalMilliseconds : null));
        return writer.WaitForRoomAsync();
    }

    public override ValueTask PartialAsync(PartialResult partial)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(partial.Index);
        progress.Append(Event(partial));
        return writer.WaitForRoomAsync();
    }

    public override async Task<long> ApplyAsync(IReadOnlyList<WorkloadUpdate> updates)
    {
        var reached = progress.AppendTogether([.. updates.Select(update => new ProgressGroup(
            update.Number, update.Stage, update.Progress, Events(update)))]);
        if (reached is { } seq)
        {
            await writer.FlushAsync();
            if (!writer.Lost.IsCancellationRequested)
                return seq;
        }

        throw new InvalidOperationException("The attempt is over.");
    }

    public override async ValueTask<ReadOnlyMemory<byte>?> ReadCheckpointAsync() =>
        _checkpoint = await services.InsistAsync(
            () => services.Store.ReadCheckpointAsync(job.Id, cancellationToken).AsTask(), cancellationToken);

    public override async ValueTask SaveCheckpointAsync(ReadOnlyMemory<byte> checkpoint)
    {
        // As it is already, so nothing is gained.
        if (_checkpoint is { } known && known.Span.SequenceEqual(checkpoint.Span))
            return;

        // What the checkpoint says is done must be in the log before it.
        await writer.FlushAsync().WaitAsync(cancellationToken);
        if (await services.InsistAsync(
            () => services.Store.SaveCheckpointAsync(job.Id, job.Attempt, checkpoint, cancellationToken).AsTask(),
            cancellationToken))
            Interlocked.Increment(ref _finishedItems);
    }

    public override Task<string?> AskAsync(string question, IReadOnlyList<string>? options, TimeSpan timeout) =>
        place.LeaveForAsync(() => _question.AskAsync(question, options, timeout, cancellationToken), cancellationToken);

    public override string WorkFolder => files.WorkFolder;

    public override async Task<UploadedFile> ReceiveFileAsync(string fileId)
    {
        var file = await files.ReceiveAsync(fileId);
        // The request that brought the file may have said more behind it.
        _input = await services.InsistAsync(() => services.ReadInputAsync(job.Id), cancellationToken);
        return file;
    }

    public override Task<UploadedFile> AddFileAsync(string name, string mediaType, Stream content) =>
        files.AddAsync(name, mediaType, content);

    public override ValueTask<UploadedFile?> FindFileAsync(string name) => files.FindDerivedAsync(name);

    private IReadOnlyList<JobEvent> Events(WorkloadUpdate update) =>
    [
        .. update.Log.Select(line => new LogEvent(line.Level, EventText.Line(line.Message), line.Step, line.TotalSteps)),
        .. update.Partial is { } partial ? (JobEvent[])[Event(partial)] : [],
    ];

    private PartialEvent Event(PartialResult partial)
    {
        if (partial.Ok && !restored.ContainsKey(partial.Index))
            Interlocked.Increment(ref _finishedItems);
        return new PartialEvent(
            partial.Index, partial.Total, partial.Ok, partial.Text, partial.Data, EventText.Line(partial.Error));
    }

    /// <summary>Hands an answer to the question that waits for it.</summary>
    /// <exception cref="JobConflictException">No such question waits, or it does not take this answer.</exception>
    public Task AnswerAsync(string requestId, string answer) => _question.AnswerAsync(requestId, answer);
}
