using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.AspNetCore.Streaming;
using ProgressHub.Core.Events;

namespace ProgressHub.AspNetCore.Jobs;

/// <summary>
/// Holds a request until there is news of a job, its time is up, or the server stops. Whoever waits counts as a watcher.
/// </summary>
internal sealed class LongPoll(StreamGate gate, TimeProvider time, IHostApplicationLifetime server)
{
    /// <summary>
    /// The state once its <c>seq</c> is above <paramref name="after"/>, however far that is ahead, or once it is final;
    /// the last one before the time was up; null where the job has gone meanwhile.
    /// </summary>
    /// <exception cref="RefusedException">429 <c>too_many_watchers</c>.</exception>
    public Task<JobSnapshot?> ForNewsAsync(JobCall call, JobSnapshot present, long after, TimeSpan patience) =>
        UntilAsync(call, present, state => state.Seq > after, patience);

    /// <summary>The final state, or the last one before the time was up; null where the job has gone meanwhile.</summary>
    /// <exception cref="RefusedException">429 <c>too_many_watchers</c>.</exception>
    public Task<JobSnapshot?> ForEndAsync(JobCall call, JobSnapshot present, TimeSpan patience) =>
        UntilAsync(call, present, static state => state.IsFinal, patience);

    private async Task<JobSnapshot?> UntilAsync(
        JobCall call, JobSnapshot present, Func<JobSnapshot, bool> isWanted, TimeSpan patience)
    {
        using var lease = gate.Enter(call.Owner, call.Id);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(call.Aborted, server.ApplicationStopping);
        var begun = time.GetTimestamp();
        JobSnapshot? state = present;
        try
        {
            while (state is { IsFinal: false } && !isWanted(state) && patience - time.GetElapsedTime(begun) is { Ticks: > 0 } left)
                state = await call.Jobs.WaitAsync(call.Id, call.Owner, state.Seq, left, ended.Token);
        }
        catch (OperationCanceledException) when (!call.Aborted.IsCancellationRequested)
        {
            // The server stops: the state as of its last news is what there is.
        }

        return state;
    }
}
