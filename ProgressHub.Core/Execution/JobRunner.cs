using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>
/// Runs queued jobs as places become free. Starting recovers first, before the server takes requests; stopping tells
/// every attempt to come to its checkpoint and puts its job back into the queue.
/// </summary>
internal sealed partial class JobRunner(
    IJobStore store, JobQueue queue, JobRecovery recovery, JobLogs logs, RunningJobs running, WorkloadCatalog workloads,
    UploadSweeper uploads, ExecutionServices services, ILoggerFactory loggers, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan StoreRetry = TimeSpan.FromSeconds(1);

    private readonly ILogger<JobRunner> _logger = loggers.CreateLogger<JobRunner>();
    private readonly ConcurrentDictionary<Task, byte> _attempts = new();
    private readonly CancellationTokenSource _stopping = new();

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await store.InitializeAsync(cancellationToken);
        services.WorkFolders.RemoveAll();
        await uploads.ReconcileAsync(cancellationToken);
        await recovery.RunAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);

        // First the token, then the list: an attempt that is not in it yet finds the token canceled once it is.
        await _stopping.CancelAsync();
        foreach (var execution in running.All)
            execution.RequestStop(StopReason.Shutdown);
        await Task.WhenAll(_attempts.Keys).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public override void Dispose()
    {
        // Canceled, not disposed: a host that is taken down from two sides stops a service that one side has disposed.
        _stopping.Cancel();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var claimed = await queue.ClaimAsync(stoppingToken);
                foreach (var job in claimed)
                    Start(job);
                if (claimed.Count == 0)
                    await queue.WaitAsync(stoppingToken);
            }
            catch (StorageUnavailableException)
            {
                await Task.Delay(StoreRetry, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                LogClaimFailed(failure);
                await Task.Delay(StoreRetry, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Start(Job job)
    {
        var attempt = RunAsync(job);
        _attempts.TryAdd(attempt, 0);
        _ = attempt.ContinueWith(
            task => _attempts.TryRemove(task, out _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private async Task RunAsync(Job job)
    {
        await Task.Yield();
        using var place = new JobPlace(queue, job.Kind);
        try
        {
            if (await AttemptAsync(job, place))
                await recovery.EndBrokenAsync(job);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The store was not there to begin with it; the next start recovers it.
        }
        catch (StorageClosedException)
        {
            // Nor will it be: the next start recovers it.
        }
        catch (Exception failure)
        {
            LogAttemptNotBegun(failure, job.Id);
            await EndUnbegunAsync(job);
        }
    }

    /// <summary>Ends a job that stands as running and that nobody runs: it would take no cancel until the next start.</summary>
    private async Task EndUnbegunAsync(Job job)
    {
        try
        {
            await services.InsistAsync(
                async () =>
                {
                    await recovery.EndBrokenAsync(job);
                    return true;
                },
                _stopping.Token);
        }
        catch (Exception failure)
        {
            LogNotEnded(failure, job.Id);
        }
    }

    /// <summary>Whether the store broke under the attempt.</summary>
    private async Task<bool> AttemptAsync(Job job, JobPlace place)
    {
        using var writer = await services.InsistAsync(
            () => logs.OpenAsync(job.Id, CancellationToken.None).AsTask(), _stopping.Token);
        if (writer is null || writer.Job.Attempt != job.Attempt)
            return false;

        var execution = new JobExecution(
            writer, workloads.Get(job.Kind), place, services, loggers.CreateLogger<JobExecution>());
        running.Add(execution);
        try
        {
            if (_stopping.IsCancellationRequested)
                execution.RequestStop(StopReason.Shutdown);
            await execution.RunAsync();
            return writer.Failure is not null;
        }
        finally
        {
            running.Remove(execution);
        }
    }

    [LoggerMessage(LogLevel.Error, "Jobs can't be taken from the queue; it is tried again.")]
    private partial void LogClaimFailed(Exception failure);

    [LoggerMessage(LogLevel.Error, "The attempt of job {JobId} could not begin; the job ends.")]
    private partial void LogAttemptNotBegun(Exception failure, JobId jobId);

    [LoggerMessage(LogLevel.Error, "Job {JobId} could not be ended either; it goes on after a restart.")]
    private partial void LogNotEnded(Exception failure, JobId jobId);
}
