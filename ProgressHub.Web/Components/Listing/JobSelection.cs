using ProgressHub.Core.Jobs;

namespace ProgressHub.Web.Components.Listing;

/// <summary>The jobs of a list that something is to be done with.</summary>
public sealed class JobSelection
{
    private readonly HashSet<JobId> _jobs = [];

    /// <summary>It is another than before.</summary>
    public event Action? Changed;

    /// <summary>The jobs.</summary>
    public IReadOnlyCollection<JobId> Jobs => _jobs;

    /// <summary>Whether a job is among them.</summary>
    public bool Contains(JobId job) => _jobs.Contains(job);

    /// <summary>Adds a job, or takes it out.</summary>
    public void Toggle(JobId job)
    {
        if (!_jobs.Remove(job))
            _jobs.Add(job);
        Changed?.Invoke();
    }

    /// <summary>Selects these and no others.</summary>
    public void Set(IEnumerable<JobId> jobs)
    {
        JobId[] chosen = [.. jobs];
        _jobs.Clear();
        _jobs.UnionWith(chosen);
        Changed?.Invoke();
    }
}
