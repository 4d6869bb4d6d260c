using ProgressHub.Benchmarks.Peers;

namespace ProgressHub.Benchmarks.Load;

/// <summary>Many watchers of one peer.</summary>
internal sealed class Audience : IDisposable
{
    private readonly List<RawWatcher> _watchers = [];
    private readonly TimeProvider _clock = TimeProvider.System;

    public int Count => _watchers.Count;

    public static async Task<Audience> OfStreamAsync(IPeer peer, int count)
    {
        var audience = new Audience();
        for (var i = 0; i < count; i++)
        {
            var watcher = new RawWatcher();
            await watcher.ConnectAsync(peer.Port, "/stream");
            await watcher.ReadOnceAsync();
            audience.Add(watcher);
        }

        return audience;
    }

    /// <summary>The same, 64 of them connecting at once.</summary>
    public static async Task<Audience> OfStreamAtOnceAsync(IPeer peer, int count)
    {
        var watchers = new RawWatcher[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, _) =>
        {
            watchers[i] = new RawWatcher();
            await watchers[i].ConnectAsync(peer.Port, "/stream");
            await watchers[i].ReadOnceAsync();
        });
        var audience = new Audience();
        foreach (var watcher in watchers)
            audience.Add(watcher);
        return audience;
    }

    public static async Task<Audience> OfHubAsync(IPeer peer, int count)
    {
        var audience = new Audience();
        for (var i = 0; i < count; i++)
            audience.Add(await HubWatcher.ConnectAsync(peer.Port, peer.JobId));
        return audience;
    }

    public long Seen => _watchers.Sum(w => w.Seen);

    /// <summary>Completes the moment the watchers together have seen so many events more for each of them.</summary>
    public Task WhenSeenAsync(long each)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = each * _watchers.Count;
        foreach (var watcher in _watchers)
        {
            watcher.Saw = count =>
            {
                if (Interlocked.Add(ref left, -count) <= 0)
                    reached.TrySetResult();
            };
        }

        return reached.Task.WaitAsync(TimeSpan.FromSeconds(60), _clock);
    }

    /// <summary>Waits until every watcher has seen so many frames.</summary>
    public async Task WaitAsync(long each)
    {
        var began = _clock.GetTimestamp();
        while (_watchers.Any(w => w.Seen < each))
        {
            if (_clock.GetElapsedTime(began) > TimeSpan.FromSeconds(60))
                throw new TimeoutException($"Of {each} frames each, {_watchers.Min(w => w.Seen)} to {_watchers.Max(w => w.Seen)} came.");
            await Task.Delay(TimeSpan.FromMilliseconds(2), _clock);
        }
    }

    public void Dispose()
    {
        foreach (var watcher in _watchers)
            watcher.Dispose();
    }

    private void Add(RawWatcher watcher)
    {
        _watchers.Add(watcher);
        _ = watcher.ReadAsync();
    }
}
