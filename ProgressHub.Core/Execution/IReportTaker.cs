using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Execution;

/// <summary>Takes what programs have reported at other nodes for attempts that run on this one. A host that has such attempts registers one.</summary>
internal interface IReportTaker
{
    /// <summary>Hands a report to the attempt; once this returns, what it says is on disk.</summary>
    /// <param name="id">The job.</param>
    /// <param name="report">The report, as the same class on another node has written it.</param>
    /// <returns>The answer, for that class to read; null where no attempt takes it here.</returns>
    Task<byte[]?> TakeAsync(JobId id, byte[] report);
}
