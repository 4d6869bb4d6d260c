using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Cluster;

/// <summary>
/// What a node does for the others as long as it is one: it knows who they are, gives the jobs of those that are gone back to the
/// queue, puts out who has lost the database, and finds what messages have missed.
/// </summary>
internal sealed partial class ClusterDuties(
    Membership membership, RelayedEvents relayed, JobRecovery recovery, WaitingJobs waiting, TimeProvider time, ILogger<ClusterDuties> logger)
    : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Forget = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _recovering = new(1, 1);

    /// <inheritdoc/>
    public override void Dispose()
    {
        _recovering.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        FollowMembersAsync(stoppingToken),
        EveryAsync(Heartbeat.Interval, membership.BeatAsync, stoppingToken),
        EveryAsync(Look, relayed.CatchUpAsync, stoppingToken),
        EveryAsync(Look, waiting.RecountAsync, stoppingToken),
        EveryAsync(Look, membership.StandDownIfCutOffAsync, stoppingToken),
        EveryAsync(Sweep, ReleaseAsync, stoppingToken),
        EveryAsync(Forget, membership.ForgetLeftAsync, stoppingToken));

    private async Task FollowMembersAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var view in membership.Changes.WithCancellation(stoppingToken))
            {
                var gone = membership.Apply(view);
                foreach (var node in gone)
                    await TryAsync(_ => membership.CutOffAsync(node), stoppingToken);
                if (gone.Count > 0)
                    await TryAsync(RecoverAsync, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        await membership.EvictStaleAsync();
        await RecoverAsync(cancellationToken);
    }

    private async Task RecoverAsync(CancellationToken cancellationToken)
    {
        await _recovering.WaitAsync(cancellationToken);
        try
        {
            await recovery.RunAsync(cancellationToken);
        }
        finally
        {
            _recovering.Release();
        }
    }

    private Task EveryAsync(TimeSpan interval, Func<CancellationToken, Task> duty, CancellationToken stoppingToken) =>
        time.EveryAsync(interval, stopping => TryAsync(duty, stopping), stoppingToken);

    /// <summary>A duty that fails is done again the next time; were it to leave here, the host would stop.</summary>
    private async Task TryAsync(Func<CancellationToken, Task> duty, CancellationToken stoppingToken)
    {
        try
        {
            await duty(stoppingToken);
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            if (failure is StorageUnavailableException or Npgsql.NpgsqlException or OrleansException or TimeoutException)
                LogPutOff(failure.Message);
            else
                LogFailed(failure);
        }
    }

    [LoggerMessage(LogLevel.Debug, "A duty among nodes could not be done now: {Reason}")]
    private partial void LogPutOff(string reason);

    [LoggerMessage(LogLevel.Error, "A duty among nodes failed; it is done again.")]
    private partial void LogFailed(Exception failure);
}
