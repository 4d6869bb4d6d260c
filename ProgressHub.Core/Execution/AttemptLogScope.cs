using Microsoft.Extensions.Logging;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>Whatever is logged on the way of an attempt says whose it is.</summary>
internal sealed class AttemptLogScope(ILogger<AttemptLogScope> logger) : IAttemptMiddleware
{
    public async Task<WorkloadOutcome> InvokeAsync(AttemptInfo attempt, Func<Task<WorkloadOutcome>> next)
    {
        // Scopes are shared by all loggers of a host.
        using var scope = logger.BeginScope(new Dictionary<string, object>
        {
            ["JobId"] = attempt.Context.JobId.ToString(),
            ["Kind"] = attempt.Workload.Kind,
            ["Attempt"] = attempt.Context.Attempt,
        });
        return await next();
    }
}
