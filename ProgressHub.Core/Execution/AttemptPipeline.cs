using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>The middleware round an attempt, in the order of its registration.</summary>
internal sealed class AttemptPipeline(IEnumerable<IAttemptMiddleware> middleware)
{
    private readonly IAttemptMiddleware[] _middleware = [.. middleware];

    public Task<WorkloadOutcome> RunAsync(AttemptInfo attempt, Func<Task<WorkloadOutcome>> work) => From(0, attempt, work);

    private Task<WorkloadOutcome> From(int index, AttemptInfo attempt, Func<Task<WorkloadOutcome>> work) =>
        index == _middleware.Length
            ? work()
            : _middleware[index].InvokeAsync(attempt, () => From(index + 1, attempt, work));
}
