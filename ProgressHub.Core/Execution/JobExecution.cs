using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>
/// One attempt of one job, and the only writer of its log while it lasts. Whatever the handler does, this ends: with
/// <c>done</c>, with the job back in the queue, or in silence where another attempt has taken over.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification =
    "The source has no timer; a handler that was given up may still hold its token, which must go on working.")]
internal sealed partial class JobExecution(
    EventWriter writer, IWorkload workload, JobPlace place, ExecutionServices services, ILogger<JobExecution> logger)
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _cancelGate = new();
    private readonly TaskCompletionSource _stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private JobContext? _context;
    private bool _canceling;
    private int _reason;

    public JobId JobId => writer.Job.Id;

    private StopReason Reason => (StopReason)Volatile.Read(ref _reason);

    /// <summary>Tells the attempt to stop. The first reason counts; it does not wait.</summary>
    public void RequestStop(StopReason reason)
    {
        if (Interlocked.CompareExchange(ref _reason, (int)reason, (int)StopReason.None) != (int)StopReason.None)
            return;
        _stopping.TrySetResult();

        // What handlers registered on the token runs on another thread: it may block or throw.
        _ = Task.Run(_stop.Cancel);
    }

    /// <summary>Asks for the job's end; returns once the request is on disk.</summary>
    /// <returns>False where the attempt is over already.</returns>
    public async Task<bool> CancelAsync(CancellationToken cancellationToken)
    {
        lock (_cancelGate)
        {
            if (!_canceling && !writer.Append(new CancelingEvent(), static job => job.RequestCancel()))
                return false;
            _canceling = true;
        }

        RequestStop(StopReason.Canceled);
        await writer.FlushAsync().WaitAsync(cancellationToken);
        return true;
    }

    /// <summary>Hands an answer to the handler.</summary>
    public Task AnswerAsync(string requestId, string answer) =>
        Volatile.Read(ref _context)?.AnswerAsync(requestId, answer)
        ?? throw new JobConflictException("no_pending_input", "The job asks nothing now.");

    /// <summary>Runs the attempt to its end; never throws.</summary>
    public async Task RunAsync()
    {
        await using var lost = writer.Lost.UnsafeRegister(
            static self => ((JobExecution)self!).RequestStop(StopReason.Lost), this);
        try
        {
            await RunAttemptAsync();
        }
        catch (StorageClosedException)
        {
            // The server stopped during an outage. As after a crash, the next start goes on from what is on disk.
            return;
        }
        catch (Exception failure)
        {
            LogAttemptBroke(failure, JobId);
            Fail("internal_error", "The server failed to run this job; its log says why.");
        }

        await writer.FlushAsync();
        if (writer.Failure is { } storeFailure)
            LogAttemptBroke(storeFailure, JobId);
        if (!writer.Job.State.IsFinal())
            return;
        if (writer.Job.State == JobState.Failed)
            services.Secrets.ForgetLater(JobId);
        else
            services.Secrets.Forget(JobId);
        await services.DropUploadsAsync(writer.Job);
    }

    private async Task RunAttemptAsync()
    {
        if (writer.Job.CancelRequested)
        {
            Finish(JobState.Canceled, null, null);
            return;
        }

        (JsonElement Input, WorkloadPlan Plan, RestoredPartials Restored) prepared;
        DurationModel history;
        try
        {
            prepared = await PrepareAsync();
            history = await HistoryAsync(prepared.Plan);
        }
        catch (WorkloadException refusal)
        {
            Settle(refusal);
            return;
        }
        catch (OperationCanceledException) when (Reason != StopReason.None)
        {
            await SettleAsync(null);
            return;
        }

        var (input, plan, restored) = prepared;
        var before = writer.Draft;
        var stages = history.Weigh(plan.Stages, plan.InputSize);
        writer.Append(new StartedEvent(
            [.. stages.Stages.Select(s => new StageDeclaration(s.Name, s.Label, s.Weight))], plan.Engine));
        await JobPartials.ReplayAsync(writer, restored);

        using var progress = new JobProgress(
            writer, stages, services.Options.ProgressInterval, services.Time,
            new RemainingTime(services.Time, stages, history, plan.InputSize));
        var files = new JobFiles(writer.Job, workload.Descriptor, input, progress, place, services, _stop.Token);
        _context = new JobContext(
            writer.Job, input, restored.Results,
            new ResumePoint(before.Stage, before.Fraction, before.Report), writer, progress, files, place, services, _stop.Token);
        var outcome = await RunHandlerAsync(_context);
        progress.Close();
        files.Close();
        await SettleAsync(outcome);
        if (writer.Draft.State == JobState.Succeeded && !workload.Descriptor.RunsElsewhere)
            services.Durations.Add(workload.Descriptor.Kind, plan.Engine, plan.Stages, progress.Finished());
    }

    /// <summary>What runs elsewhere goes by stages of its own making, which say nothing about another's.</summary>
    private async ValueTask<DurationModel> HistoryAsync(WorkloadPlan plan) => workload.Descriptor.RunsElsewhere
        ? DurationModel.None
        : await services.Durations.FindAsync(workload.Descriptor.Kind, plan.Engine, _stop.Token);

    private async Task<(JsonElement Input, WorkloadPlan Plan, RestoredPartials Restored)> PrepareAsync()
    {
        var input = await services.InsistAsync(() => services.ReadInputAsync(JobId), _stop.Token);
        var plan = await workload.PlanAsync(services.Secrets.Merge(JobId, input), writer.Job.Owner, _stop.Token)
            .AsTask().WaitAsync(_stop.Token);
        var restored = await services.InsistAsync(
            () => services.Partials.RestoreAsync(writer, CancellationToken.None), _stop.Token);
        _stop.Token.ThrowIfCancellationRequested();
        return (input, plan, restored);
    }

    private async Task<Task<WorkloadOutcome>?> RunHandlerAsync(JobContext context)
    {
        using var timeout = services.Time.CreateTimer(
            static self => ((JobExecution)self!).RequestStop(StopReason.TimedOut), this,
            workload.Descriptor.Timeout, Timeout.InfiniteTimeSpan);

        var handler = Task.Run(() => workload.RunAsync(context));
        await Task.WhenAny(handler, _stopping.Task);
        if (handler.IsCompleted)
            return handler;

        var grace = Reason == StopReason.Shutdown ? services.Options.ShutdownGrace : services.Options.CancelGrace;
        await Task.WhenAny(handler, Task.Delay(grace, services.Time, CancellationToken.None));
        if (handler.IsCompleted)
            return handler;

        // It can't be stopped from outside. It keeps its thread, but its job and its place are given up.
        LogHandlerIgnoresStop(JobId, workload.Descriptor.Kind);
        _ = handler.ContinueWith(
            static task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return null;
    }

    private async Task SettleAsync(Task<WorkloadOutcome>? handler)
    {
        switch (Reason)
        {
            case StopReason.Lost:
                return;
            case StopReason.Canceled:
                Finish(JobState.Canceled, null, null);
                return;
            case StopReason.Shutdown when handler is not { IsCompletedSuccessfully: true }:
                Requeue("The server is restarting.", TimeSpan.Zero, fruitful: true);
                return;
            case StopReason.TimedOut when handler is not { IsCompletedSuccessfully: true }:
                Fail("timed_out", $"The job took longer than {workload.Descriptor.Timeout:g}.");
                return;
        }

        try
        {
            await SucceedAsync(await handler!);
        }
        catch (WorkloadException failure)
        {
            Settle(failure);
        }
        catch (Exception failure) when (failure is not StorageClosedException)
        {
            LogHandlerThrew(failure, JobId, workload.Descriptor.Kind);
            Fail("internal_error", "The job failed for a reason that is not the user's; the server's log says why.");
        }
    }

    private async Task SucceedAsync(WorkloadOutcome outcome)
    {
        string? url = null;
        if (outcome.Result is { } result)
        {
            // Every piece is on disk before the result, and the result before the end that points to it.
            await writer.FlushAsync();
            if (!await services.SaveResultAsync(writer.Job, result, writer.Lost))
                return;
            url = JobUrls.Result(JobId);
        }

        if (outcome.FailedItems == 0)
        {
            Finish(JobState.Succeeded, null, url);
            return;
        }

        var failed = outcome.FailedItems == 1 ? "1 part" : $"{outcome.FailedItems} parts";
        Finish(JobState.Failed, new JobError(
            "items_failed", $"{failed} failed; the rest is done. Retry the failed ones alone."), url);
    }

    private void Settle(WorkloadException failure)
    {
        if (failure.InnerException is { } cause)
            LogWorkloadFailed(cause, JobId, failure.Code);

        var fruitful = _context?.IsFruitful ?? false;
        var attempts = fruitful ? 1 : writer.Job.FruitlessAttempts + 1;
        if (!failure.IsTransient || attempts >= workload.Descriptor.MaxAttempts)
        {
            Fail(failure.Code, failure.Message);
            return;
        }

        Requeue(failure.Message, RetryDelay.After(attempts, failure.RetryAfter, services.Options), fruitful);
    }

    private void Requeue(string reason, TimeSpan delay, bool fruitful)
    {
        DateTimeOffset? runAfter = delay > TimeSpan.Zero ? services.Time.GetUtcNow() + delay : null;
        lock (_cancelGate)
        {
            // A job that is to end does not wait for another attempt to do so.
            if (_canceling)
                Finish(JobState.Canceled, null, null);
            else if (writer.Append(
                new RetryingEvent(EventText.Line(reason), (long)delay.TotalMilliseconds),
                job => job.Requeue(runAfter, fruitful)))
                services.Queue.Added();
        }
    }

    private void Fail(string code, string message) =>
        Finish(JobState.Failed, new JobError(code, EventText.Line(message)), null);

    private void Finish(JobState state, JobError? error, string? resultUrl)
    {
        var now = services.Time.GetUtcNow();
        if (writer.Append(
            new DoneEvent(state, error, resultUrl, JobSummaries.Of(writer.Draft, writer.Job, now)),
            job => job.Finish(state, now)))
            services.Metrics.Finished(workload.Descriptor.Kind, state);
    }

    [LoggerMessage(LogLevel.Error, "The attempt of job {JobId} broke.")]
    private partial void LogAttemptBroke(Exception failure, JobId jobId);

    [LoggerMessage(LogLevel.Error, "The {Kind} handler of job {JobId} threw.")]
    private partial void LogHandlerThrew(Exception failure, JobId jobId, string kind);

    [LoggerMessage(LogLevel.Warning, "Job {JobId} failed with {Code}.")]
    private partial void LogWorkloadFailed(Exception failure, JobId jobId, string code);

    [LoggerMessage(LogLevel.Warning, "The {Kind} handler of job {JobId} does not stop when told to; it is given up.")]
    private partial void LogHandlerIgnoresStop(JobId jobId, string kind);
}
