using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.External;

namespace ProgressHub.Workloads.AspNetCore.External;

/// <summary>Hands what programs have reported at other nodes to the jobs that listen here.</summary>
internal sealed class ForwardedReports(ExternalJobs external) : IReportTaker
{
    // An attempt that has just begun listens in an instant.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public async Task<byte[]?> TakeAsync(JobId id, byte[] report)
    {
        var read = ForwardedReport.Read(report);
        try
        {
            if (read.ToEnd() is { } end)
                return await external.EndAsync(id, end, Patience, CancellationToken.None) ? new ForwardedAnswer(null).Write() : null;
            return await external.DeliverAsync(id, read.Updates, Patience, CancellationToken.None) is { } answer
                ? new ForwardedAnswer(answer).Write()
                : null;
        }
        catch (WorkloadException refusal)
        {
            return ForwardedAnswer.Of(refusal).Write();
        }
    }
}
