using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Execution;

/// <summary>
/// Runs queued jobs as slots become free. Starting recovers first, before the server takes requests; stopping tells
/// every attempt to come to its checkpoint and puts its job back into the queue.
/// </summary>
internal sealed partial class JobRunner(
    EngineStart start, JobQueue queue, AttemptRunner attempts, RunningJobs running, ILogger<JobRunner> logger,
    TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan StoreRetry = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Task, byte> _attempts = new();
    private readonly CancellationTokenSource _stopping = new();

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await start.RunAsync(cancellationToken);
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
                await (claimed.Count == 0 ? queue.WaitAsync(stoppingToken).AsTask() : queue.PauseAsync(stoppingToken));
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // Of an outage the store tells itself.
                if (failure is not StorageUnavailableException)
                    LogClaimFailed(failure);
                await Task.Delay(StoreRetry, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Start(Job job)
    {
        var attempt = attempts.RunAsync(job, new JobSlot(queue, job.Kind), _stopping.Token);
        _attempts.TryAdd(attempt, 0);
        _ = attempt.ContinueWith(
            task => _attempts.TryRemove(task, out _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    [LoggerMessage(LogLevel.Error, "Jobs can't be taken from the queue; it is tried again.")]
    private partial void LogClaimFailed(Exception failure);
}
