using ProgressHub.AspNetCore.Streaming;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;

namespace ProgressHub.AspNetCore.Mcp;

/// <summary>Waits for news of a job; whoever waits counts as a watcher.</summary>
internal sealed class JobWait(JobService jobs, StreamGate gate, TimeProvider time, IHostApplicationLifetime server)
{
    /// <summary>A time that never ends.</summary>
    public static readonly TimeSpan Forever = TimeSpan.MaxValue;

    // A person sees no more than ten changes a second.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // Timers have a longest time; a wait that is over begins anew.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>
    /// A job's state once it is final or wanted; the last one before the time was up or the server stopped; null where the
    /// job has gone meanwhile.
    /// </summary>
    /// <param name="owner">Who asks.</param>
    /// <param name="present">The state that is known.</param>
    /// <param name="isWanted">Whether a state ends the wait.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="tell">Is told of each state, ten a second at most; null for nobody.</param>
    /// <param name="cancellationToken">Whoever asks has gone.</param>
    /// <exception cref="Problems.RefusedException">429 <c>too_many_watchers</c>.</exception>
    public async Task<JobSnapshot?> UntilAsync(
        string owner, JobSnapshot present, Func<JobSnapshot, bool> isWanted, TimeSpan patience,
        Func<JobSnapshot, Task>? tell, CancellationToken cancellationToken)
    {
        using var lease = gate.Enter(owner, present.JobId);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, server.ApplicationStopping);
        var begun = time.GetTimestamp();
        JobSnapshot? state = present;
        try
        {
            while (state is not null)
            {
                if (tell is not null)
                    await tell(state);
                var left = patience - time.GetElapsedTime(begun);
                if (state.IsFinal || isWanted(state) || left <= TimeSpan.Zero)
                    break;
                var told = time.GetTimestamp();
                state = await jobs.WaitAsync(present.JobId, owner, state.Seq, left < Longest ? left : Longest, ended.Token);
                if (tell is not null && state is { IsFinal: false } && Pause - time.GetElapsedTime(told) is { Ticks: > 0 } rest)
                {
                    await Task.Delay(rest, time, ended.Token);
                    state = await jobs.FindAsync(present.JobId, owner, ended.Token);
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The server stops: the state as of its last news is what there is.
        }

        return state;
    }
}
