using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Quotas;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>
/// One attempt of one job, and the only writer of its log while it lasts. Whatever the handler does, this ends: with
/// <c>done</c>, with the job back in the queue, or in silence where another attempt has taken over.
/// </summary>
internal sealed class JobExecution(
    Attempt attempt, AttemptPreparation preparation, FileSupply supply, HandlerRunner handlers, AttemptOutcome outcome)
{
    private readonly Lock _tagging = new();
    private readonly StopRequest _stop = new();
    private JobContext? _context;
    private AttemptTrace? _trace;
    private UsageAllowance? _allowance;

    public JobId JobId => attempt.Job.Id;

    /// <summary>The input as the handler has it by now; null before the attempt has begun.</summary>
    public WorkloadInput? Input => Volatile.Read(ref _context)?.Read;

    /// <summary>Tells the attempt to stop. The first reason counts; it does not wait.</summary>
    public void RequestStop(StopReason reason) => _stop.Make(reason);

    /// <summary>Asks for the job's end; returns once the request is on disk.</summary>
    /// <returns>False where the attempt is over already.</returns>
    public async Task<bool> CancelAsync(CancellationToken cancellationToken)
    {
        if (!_stop.TryCancel(() => attempt.Writer.Append(new CancelingEvent(), static job => job.RequestCancel())))
            return false;
        _stop.Make(StopReason.Canceled);
        await attempt.Writer.FlushAsync().WaitAsync(cancellationToken);
        return true;
    }

    /// <summary>Changes the job's tags; returns once that is on disk.</summary>
    /// <returns>False where the attempt is over already.</returns>
    /// <exception cref="WorkloadException">A new tag is not acceptable.</exception>
    public async Task<bool> TagAsync(TagChange change, CancellationToken cancellationToken)
    {
        lock (_tagging)
        {
            var tags = JobLabels.Tags(attempt.Writer.Job.Tags, change);
            if (!attempt.Writer.Append(new TagsEvent(tags), job => job.Retag(tags)))
                return false;
        }

        await attempt.Writer.FlushAsync().WaitAsync(cancellationToken);
        return !attempt.Writer.Lost.IsCancellationRequested;
    }

    /// <summary>Hands an answer to the handler.</summary>
    public Task AnswerAsync(string requestId, string answer) =>
        Volatile.Read(ref _context)?.AnswerAsync(requestId, answer)
        ?? throw new JobConflictException("no_pending_input", "The job asks nothing now.");

    /// <summary>Runs the attempt to its end; never throws.</summary>
    public async Task RunAsync()
    {
        try
        {
            await RunToEndAsync();
        }
        finally
        {
            _allowance?.Dispose();
            _trace?.End(attempt.Writer.Draft, lost: _stop.Reason == StopReason.Lost);
        }
    }

    private async Task RunToEndAsync()
    {
        await using var lost = attempt.Writer.Lost.UnsafeRegister(
            static stop => ((StopRequest)stop!).Make(StopReason.Lost), _stop);
        try
        {
            await RunAttemptAsync();
        }
        catch (StorageClosedException)
        {
            // The server stopped during an outage. As after a crash, the next start goes on from what is on disk.
            return;
        }
        catch (Exception defect)
        {
            outcome.Break(attempt, defect);
        }

        await outcome.CompleteAsync(attempt);
    }

    private async Task RunAttemptAsync()
    {
        if (attempt.Job.CancelRequested)
            outcome.Cancel(attempt);
        else if (await PrepareAsync() is { } prepared)
            await RunPreparedAsync(prepared);
    }

    /// <summary>What the attempt begins with; null where it is over before it has begun.</summary>
    private async Task<PreparedAttempt?> PrepareAsync()
    {
        try
        {
            return await preparation.PrepareAsync(attempt, _stop.Token);
        }
        catch (Exception exception) when (HandlerFailure.Of(exception) is { } refusal)
        {
            outcome.Refuse(attempt, refusal, _stop, madeProgress: false);
        }
        catch (OperationCanceledException) when (_stop.Reason != StopReason.None)
        {
            await outcome.ApplyAsync(attempt, null, _stop, madeProgress: false);
        }

        return null;
    }

    private async Task RunPreparedAsync(PreparedAttempt prepared)
    {
        var (writer, plan) = (attempt.Writer, prepared.Input.Plan);
        _allowance = prepared.Allowance;
        _trace = AttemptTrace.Begin(attempt.Job, plan.Engine, prepared.TraceParent);
        var stages = prepared.History.Weigh(plan.Stages, plan.InputSize);
        writer.AppendHeld(new StartedEvent(
            [.. stages.Stages.Select(s => new StageDeclaration(s.Name, s.Label, s.Weight))], plan.Engine));
        await JobPartials.ReplayAsync(writer, prepared.Restored);

        using var progress = new JobProgress(
            writer, stages, attempt.Options.ProgressInterval, attempt.Time,
            new RemainingTime(attempt.Time, stages, prepared.History, plan.InputSize));
        var files = new JobFiles(attempt, prepared.Input, progress, supply, _stop.Token);
        var context = new JobContext(attempt, prepared, progress, files, _stop.Token) { Trace = _trace };
        Volatile.Write(ref _context, context);

        var handler = await handlers.RunAsync(attempt, context, _stop);
        progress.Close();
        files.Close();
        await outcome.ApplyAsync(attempt, handler, _stop, context.MadeProgress);
        if (writer.Draft.State == JobState.Succeeded)
            preparation.Learn(attempt, plan, progress.Finished());
    }
}
