using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Workloads;

/// <summary>
/// A kind of job as the engine sees it. Authors derive from <see cref="Workload{TInput}"/>, which reads and checks the
/// input; this is for a workload that takes any JSON.
/// </summary>
public interface IWorkload
{
    /// <summary>What it is and what bounds it has.</summary>
    WorkloadDescriptor Descriptor { get; }

    /// <summary>
    /// Checks an input for the one who sends it and says how it would be done. Called before a job is accepted, and again
    /// where an attempt begins that is not its first or comes after a restart; so it is quick and changes nothing. Both
    /// times the input holds its secrets as far as they still are in memory: a job whose engine needs a key that went with
    /// a restart ends here with a clear error. What belongs to somebody else does not exist.
    /// </summary>
    /// <exception cref="WorkloadException">The input is not acceptable; the message says what to change.</exception>
    ValueTask<WorkloadPlan> PlanAsync(WorkloadInput input, string owner, CancellationToken cancellationToken);

    /// <summary>
    /// Does the work. It reports through the context, honours its cancellation token within a second, and skips what
    /// <see cref="WorkloadContext.RestoredPartials"/> and the checkpoint say is done.
    /// </summary>
    /// <param name="input">The input that was planned.</param>
    /// <param name="context">The job.</param>
    /// <exception cref="WorkloadException">The job failed for a reason a user may see.</exception>
    Task<WorkloadOutcome> RunAsync(WorkloadInput input, WorkloadContext context);

    /// <summary>The result as far as the pieces reach; null where nothing can be made of them yet.</summary>
    /// <param name="input">The job's input, perhaps without its secrets.</param>
    /// <param name="partials">The pieces so far, by index; failed ones included.</param>
    ResultDocument? Assemble(WorkloadInput input, IReadOnlyDictionary<int, PartialResult> partials);

    /// <summary>A result of this workload in one of its <see cref="WorkloadDescriptor.ResultForms"/>.</summary>
    /// <param name="result">What an attempt ended with, or <see cref="Assemble"/> gave.</param>
    /// <param name="form">One of the forms.</param>
    ResultDocument Render(ResultDocument result, ResultForm form) => result;

    /// <summary>The engines that can do the work, the default first, and whether each is ready.</summary>
    ValueTask<IReadOnlyList<EngineStatus>> GetEnginesAsync(CancellationToken cancellationToken);
}
