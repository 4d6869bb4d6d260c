using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Web.Components.Watching;

/// <summary>One execution of a job.</summary>
/// <param name="Number">Which, from 1.</param>
/// <param name="Started">When it began.</param>
/// <param name="Ended">When it ended; null while it is under way.</param>
/// <param name="Why">Why another was begun; null for the last.</param>
internal sealed record JobAttempt(int Number, DateTimeOffset Started, DateTimeOffset? Ended, string? Why)
{
    private const int PageSize = 1000;

    /// <summary>Reads a job's attempts from its log.</summary>
    public static async Task<IReadOnlyList<JobAttempt>> ReadAsync(JobService jobs, JobId id, string owner, CancellationToken cancellationToken)
    {
        List<JobAttempt> attempts = [];
        for (long after = 0; ;)
        {
            var page = await jobs.ReadEventsAsync(id, owner, after, PageSize, cancellationToken);
            if (page is not { Count: > 0 })
                return attempts;
            after = page[^1].Seq;
            foreach (var frame in page.Where(frame => frame.Type is EventTypes.Started or EventTypes.Retrying or EventTypes.Done))
                Add(attempts, frame.Decode());
        }
    }

    private static void Add(List<JobAttempt> attempts, JobEvent next)
    {
        if (next is StartedEvent)
        {
            attempts.Add(new JobAttempt(next.Attempt, next.At, null, null));
            return;
        }

        // One that was cut off by a crash is told of by what begins the next.
        if (attempts is [.., { Ended: null } last])
            attempts[^1] = last with { Ended = next.At, Why = (next as RetryingEvent)?.Reason };
    }
}
