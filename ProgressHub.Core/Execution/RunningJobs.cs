using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Execution;

/// <summary>The attempts under way on this node.</summary>
internal sealed class RunningJobs
{
    private readonly ConcurrentDictionary<JobId, JobExecution> _executions = new();

    public IEnumerable<JobExecution> All => _executions.Values;

    public void Add(JobExecution execution) => _executions[execution.JobId] = execution;

    public void Remove(JobExecution execution) =>
        _executions.TryRemove(new KeyValuePair<JobId, JobExecution>(execution.JobId, execution));

    public bool TryGet(JobId id, [NotNullWhen(true)] out JobExecution? execution) =>
        _executions.TryGetValue(id, out execution);
}
