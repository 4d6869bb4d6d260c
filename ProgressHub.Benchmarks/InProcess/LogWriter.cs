using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Benchmarks.InProcess;

/// <summary>Appends to the log of one job, one append in flight.</summary>
internal sealed class LogWriter
{
    private readonly IEventLog _log;
    private readonly Job _job;
    private JobSnapshot _snapshot;

    private LogWriter(IEventLog log, Job job, JobSnapshot snapshot) => (_log, _job, _snapshot) = (log, job, snapshot);

    /// <summary>The job's identity.</summary>
    public string Id => _job.Id.ToString();

    /// <param name="log">Where to.</param>
    /// <param name="node">The node that is said to run the job; null where there is but one.</param>
    public static async Task<LogWriter> CreateAsync(IEventLog log, string? node)
    {
        // Running already, and of a kind without a workload, so that nobody else runs it.
        var job = new Job
        {
            Id = JobId.New(), Kind = "append", Title = "Append", Owner = "local", State = JobState.Running, Node = node,
            CreatedAt = TimeProvider.System.GetUtcNow(),
        };
        var queued = new QueuedEvent(job.Kind, job.Title, 0) { JobId = job.Id, Seq = 1, At = job.CreatedAt };
        var snapshot = JobSnapshot.Empty(job.Id, job.CreatedAt).Apply(queued);
        await log.CreateAsync(
            new NewJob(job, "{}"u8.ToArray(), EventFrame.Encode(queued, snapshot), snapshot, null), CancellationToken.None);
        return new LogWriter(log, job, snapshot);
    }

    /// <summary>Appends so many events, so many an append.</summary>
    public async Task AppendAsync(int count, int batch)
    {
        for (var done = 0; done < count; done += batch)
        {
            var frames = new EventFrame[batch];
            for (var i = 0; i < batch; i++)
            {
                var next = new LogEvent(JobLogLevel.Info, "Batch 12 of 47 is translated and stored")
                {
                    JobId = _job.Id, Seq = _snapshot.Seq + 1, At = _job.CreatedAt,
                };
                _snapshot = _snapshot.Apply(next);
                frames[i] = EventFrame.Encode(next, _snapshot);
            }

            var outcome = await _log.AppendAsync(new LogAppend(_job, frames, _snapshot), CancellationToken.None);
            if (!outcome.IsCommitted)
                throw new InvalidOperationException("An append was fenced.");
        }
    }
}
