using ProgressHub.Core.Events;

namespace ProgressHub.Web.Jobs;

/// <summary>Holds a request until there is news of a job, its time is up, or the server stops.</summary>
internal static class LongPoll
{
    /// <summary>The state once its <c>seq</c> is above <paramref name="after"/>; null where the job has gone meanwhile.</summary>
    public static async Task<JobSnapshot?> ForNewsAsync(
        JobCall call, JobSnapshot present, long after, TimeSpan patience, CancellationToken stopping)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(call.Aborted, stopping);
        try
        {
            return await call.Jobs.WaitAsync(call.Id, call.Owner, after, patience, ended.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested && !call.Aborted.IsCancellationRequested)
        {
            return present;
        }
    }

    /// <summary>The final state, or the last one before the time was up; null where the job has gone meanwhile.</summary>
    public static async Task<JobSnapshot?> ForEndAsync(
        JobCall call, JobSnapshot present, TimeSpan patience, TimeProvider time, CancellationToken stopping)
    {
        var begun = time.GetTimestamp();
        JobSnapshot? state = present;
        while (state is { IsFinal: false } && !stopping.IsCancellationRequested
            && patience - time.GetElapsedTime(begun) is { Ticks: > 0 } left)
            state = await ForNewsAsync(call, state, state.Seq, left, stopping);
        return state;
    }
}
