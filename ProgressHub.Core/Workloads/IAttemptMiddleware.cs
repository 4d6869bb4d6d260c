namespace ProgressHub.Core.Workloads;

/// <summary>
/// Goes round every attempt of every job, such as to measure, to limit or to set something up and take it down. Registered
/// by <see cref="WorkloadServiceCollectionExtensions.AddAttemptMiddleware{TMiddleware}"/>; the first registered is the
/// outermost. One instance serves all attempts, several at once.
/// </summary>
public interface IAttemptMiddleware
{
    /// <summary>
    /// Goes on with <paramref name="next"/>, once or not at all. What is thrown ends the attempt as if its workload had
    /// thrown it: a <see cref="WorkloadException"/> with its code, anything else as <c>internal_error</c>.
    /// </summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="next">Does the work; its outcome may be replaced.</param>
    Task<WorkloadOutcome> InvokeAsync(AttemptInfo attempt, Func<Task<WorkloadOutcome>> next);
}

/// <summary>An attempt that is about to do its work.</summary>
/// <param name="Workload">What does it.</param>
/// <param name="Context">The job, its input and its plan.</param>
public sealed record AttemptInfo(WorkloadDescriptor Workload, WorkloadContext Context);
