using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Webhooks;

/// <summary>
/// Follows each job that has a webhook, as any other watcher of its feed does, and puts what it is to be told of into the
/// outbox. The cursor is kept there too, in one write with the deliveries, so that after a crash nothing is left out and
/// nothing stands there twice.
/// </summary>
internal sealed partial class WebhookFollowers(
    WebhookOutbox outbox, EventFeeds feeds, WebhookDispatcher dispatcher, WebhookChanges changes, TimeProvider time,
    ILogger<WebhookFollowers> logger) : IHostedService, IDisposable
{
    private const int PageSize = 32;
    private const int SaveCursorEvery = 1000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<JobId, Task> _following = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task _looking = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await FollowAllAsync(cancellationToken);
        if (outbox.IsShared)
            _looking = time.EveryAsync(outbox.Look, LookAsync, _stopping.Token);
    }

    /// <summary>Begins to follow a job whose webhook is in the store.</summary>
    public void Follow(JobId id)
    {
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_following.TryAdd(id, FollowAsync(begin.Task, id, _stopping.Token)))
            begin.SetResult();
        else
            begin.SetCanceled(CancellationToken.None);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_following.Values.Append(_looking)).WaitAsync(cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // Canceled, not disposed, as a host that is taken down from two sides may still stop it.
    public void Dispose() => _stopping.Cancel();

    private async Task FollowAllAsync(CancellationToken cancellationToken)
    {
        foreach (var id in await outbox.ListFollowingAsync(cancellationToken))
            Follow(id);
    }

    /// <summary>Finds what was submitted at other nodes, and what those leave behind that are gone.</summary>
    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FollowAllAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is StorageUnavailableException or StorageClosedException)
        {
            // The next look finds it.
        }
    }

    private async Task FollowAsync(Task begin, JobId id, CancellationToken cancellationToken)
    {
        try
        {
            await begin;
            while (!await TryToTheEndAsync(id, cancellationToken))
                await Task.Delay(Pause, time, cancellationToken);
            _following.TryRemove(id, out _);
        }
        catch (OperationCanceledException)
        {
            // The server stops, or somebody follows it already.
        }
    }

    private async Task<bool> TryToTheEndAsync(JobId id, CancellationToken cancellationToken)
    {
        try
        {
            await ToTheEndAsync(id, cancellationToken);
            return true;
        }
        catch (EventsGoneException)
        {
            return true;
        }
        catch (StorageUnavailableException)
        {
            return false;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            LogInterrupted(failure, id);
            return false;
        }
    }

    private async Task ToTheEndAsync(JobId id, CancellationToken cancellationToken)
    {
        if (await outbox.FindFollowingAsync(id, cancellationToken) is not { } webhook)
            return;
        using var watch = await feeds.WatchAsync(id, webhook.Cursor, inline: false, cancellationToken);
        if (watch is null)
            return;

        await using var poke = cancellationToken.UnsafeRegister(
            static watcher => ((FeedWatcher)watcher!).Poke(), watch.Watcher);
        var frames = new EventFrame[PageSize];
        var saved = webhook.Cursor;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = await watch.ReadAsync(frames, cancellationToken);
            if (!outbox.IsOurs(webhook.Target.Host))
                return;
            var wanted = Wanted(frames.AsSpan(0, count), webhook.Target.Events);
            Array.Clear(frames);
            var isEnd = watch.IsComplete;
            if (wanted.Count > 0 || isEnd || watch.Cursor - saved >= SaveCursorEvery)
            {
                await outbox.EnqueueAsync(id, watch.Cursor, isEnd, wanted, cancellationToken);
                saved = watch.Cursor;
                changes.Tell(id);
                if (wanted.Count > 0)
                    dispatcher.Signal();
            }

            if (isEnd)
                return;
            if (count == 0)
                await watch.Watcher.WaitAsync();
        }
    }

    private static List<WebhookDelivery> Wanted(ReadOnlySpan<EventFrame> frames, IReadOnlyList<string> events)
    {
        List<WebhookDelivery> wanted = [];
        foreach (var frame in frames)
        {
            if (events.Contains(frame.Type))
                wanted.Add(new WebhookDelivery { Seq = frame.Seq, Type = frame.Type, At = frame.Decode().At });
        }

        return wanted;
    }

    [LoggerMessage(LogLevel.Error, "Following job {JobId} for its webhook failed; it goes on in a moment.")]
    private partial void LogInterrupted(Exception failure, JobId jobId);
}
