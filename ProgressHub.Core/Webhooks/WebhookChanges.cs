using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Webhooks;

/// <summary>Tells pages of this process that something about a job's webhook has changed; they read anew what.</summary>
internal sealed class WebhookChanges
{
    private readonly Lock _gate = new();
    private readonly Dictionary<JobId, List<Action>> _watchers = [];

    /// <summary>Calls back after every change, on any thread, until what is returned is disposed. It must not block.</summary>
    public IDisposable Watch(JobId id, Action changed)
    {
        lock (_gate)
        {
            if (!_watchers.TryGetValue(id, out var watchers))
                _watchers.Add(id, watchers = []);
            watchers.Add(changed);
        }

        return new Watching(this, id, changed);
    }

    public void Tell(JobId id)
    {
        Action[] watchers;
        lock (_gate)
            watchers = _watchers.TryGetValue(id, out var some) ? [.. some] : [];
        foreach (var watcher in watchers)
            watcher();
    }

    private void Remove(JobId id, Action changed)
    {
        lock (_gate)
        {
            if (_watchers.TryGetValue(id, out var watchers) && watchers.Remove(changed) && watchers.Count == 0)
                _watchers.Remove(id);
        }
    }

    private sealed class Watching(WebhookChanges changes, JobId id, Action changed) : IDisposable
    {
        public void Dispose() => changes.Remove(id, changed);
    }
}
