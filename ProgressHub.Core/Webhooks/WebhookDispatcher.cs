using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Webhooks;

/// <summary>
/// Sends what is due. The outbox knows what that is; this gives out the slots, first to the hosts that have the fewest
/// messages under way, so that one that does not answer holds up nobody but itself.
/// </summary>
internal sealed partial class WebhookDispatcher(
    WebhookOutbox outbox, WebhookLane lane, IOptions<WebhookOptions> options, TimeProvider time,
    ILogger<WebhookDispatcher> logger) : BackgroundService
{
    private const int HostsAtOnce = 1000;
    private static readonly TimeSpan StorePause = TimeSpan.FromSeconds(1);

    private readonly WebhookSlots _slots = new(options.Value);
    private readonly ConcurrentDictionary<Task, byte> _underWay = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Something became due; look again.</summary>
    public void Signal() => _signal.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var now = time.GetUtcNow();
                await DispatchAsync(now, stoppingToken);
                await PauseAsync(now, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception failure)
            {
                if (failure is not StorageUnavailableException)
                    LogFailed(failure);
                await Task.Delay(StorePause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await Task.WhenAll(_underWay.Keys);
    }

    private async Task DispatchAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!_slots.HasRoom)
            return;
        var hosts = await outbox.ListDueHostsAsync(now, HostsAtOnce, cancellationToken);
        foreach (var host in hosts.OrderBy(_slots.To))
        {
            if (!_slots.HasRoom)
                return;
            if (_slots.To(host) >= options.Value.MaxConcurrencyPerHost)
                continue;
            var most = options.Value.MaxConcurrencyPerHost;
            foreach (var id in await outbox.ListDueAsync(host, now, most, cancellationToken))
            {
                if (_slots.TryTake(id, host))
                    Begin(id, host, cancellationToken);
            }
        }
    }

    private void Begin(JobId id, string host, CancellationToken cancellationToken)
    {
        var task = Task.Run(() => SendAsync(id, host, cancellationToken), CancellationToken.None);
        _underWay.TryAdd(task, 0);
        _ = task.ContinueWith(t => _underWay.TryRemove(t, out _), TaskScheduler.Default);
    }

    private async Task SendAsync(JobId id, string host, CancellationToken cancellationToken)
    {
        try
        {
            await lane.SendNextAsync(id, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The server stops; what is not settled is sent again when it is back.
        }
        catch (Exception failure)
        {
            if (failure is not StorageUnavailableException)
                LogSendFailed(failure, id);

            // Whatever it is, it is not tried again at once.
            await Task.Delay(StorePause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            _slots.Free(id, host);
            Signal();
        }
    }

    /// <param name="lookedAt">The moment up to which all was dispatched: what has become due since must not be missed.</param>
    /// <param name="cancellationToken">The server stops.</param>
    private async Task PauseAsync(DateTimeOffset lookedAt, CancellationToken cancellationToken)
    {
        var due = await outbox.NextDueAsync(lookedAt, cancellationToken);
        var pause = due - time.GetUtcNow() + TimeSpan.FromMilliseconds(1) is { } left && left < outbox.Look ? left : outbox.Look;
        if (pause <= TimeSpan.Zero)
            return;
        using var timer = new CancellationTokenSource(pause, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            await _signal.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested)
        {
            // Something is due.
        }
    }

    [LoggerMessage(LogLevel.Error, "Sending webhooks failed; it goes on in a moment.")]
    private partial void LogFailed(Exception failure);

    [LoggerMessage(LogLevel.Error, "Sending the webhook of job {JobId} failed in the server; it is tried again.")]
    private partial void LogSendFailed(Exception failure, JobId jobId);
}
