using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Webhooks;

/// <summary>Who is being sent to now: one message a job, a few a host, so many in all.</summary>
internal sealed class WebhookSlots(WebhookOptions options)
{
    private readonly Lock _gate = new();
    private readonly HashSet<JobId> _jobs = [];
    private readonly Dictionary<string, int> _hosts = [];

    /// <summary>Whether there is a slot for anybody.</summary>
    public bool HasRoom
    {
        get
        {
            lock (_gate)
                return _jobs.Count < options.MaxConcurrency;
        }
    }

    /// <summary>How many messages are under way to a host.</summary>
    public int To(string host)
    {
        lock (_gate)
            return _hosts.GetValueOrDefault(host);
    }

    /// <summary>Takes a slot; false where there is none, or one is taken for this job already.</summary>
    public bool TryTake(JobId id, string host)
    {
        lock (_gate)
        {
            var there = _hosts.GetValueOrDefault(host);
            if (_jobs.Count >= options.MaxConcurrency || there >= options.MaxConcurrencyPerHost || !_jobs.Add(id))
                return false;
            _hosts[host] = there + 1;
            return true;
        }
    }

    public void Free(JobId id, string host)
    {
        lock (_gate)
        {
            _jobs.Remove(id);
            if (--_hosts[host] == 0)
                _hosts.Remove(host);
        }
    }
}
