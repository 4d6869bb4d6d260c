using System.Text;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Support;

/// <summary>A job and its state as its one writer knows them: makes the next append, and keeps count.</summary>
internal sealed class LoggedJob
{
    private readonly TimeProvider _time;

    public LoggedJob(Job job, TimeProvider time)
    {
        _time = time;
        Job = job;
        Snapshot = JobSnapshot.Empty(job.Id, job.CreatedAt);
    }

    public Job Job { get; set; }

    public JobSnapshot Snapshot { get; private set; }

    public JobId Id => Job.Id;

    public NewJob New(string input = """{"text":"Hello"}""", IdempotencyKey? key = null)
    {
        var queued = Frame(new QueuedEvent(Job.Kind, Job.Title, 0, Job.Tags, Job.RetryOf));
        return new NewJob(Job, Encoding.UTF8.GetBytes(input), queued, Snapshot, key);
    }

    public LogAppend Append(params JobEvent[] events) => Append(job => job, events);

    public LogAppend Append(Func<Job, Job> transition, params JobEvent[] events)
    {
        Job = transition(Job);
        return new LogAppend(Job, [.. events.Select(Frame)], Snapshot);
    }

    /// <summary>What another writer that read the same state would know.</summary>
    public LoggedJob Fork() => new(Job, _time) { Snapshot = Snapshot };

    private EventFrame Frame(JobEvent jobEvent)
    {
        var placed = jobEvent with
        {
            JobId = Job.Id, Seq = Snapshot.Seq + 1, At = _time.GetUtcNow(), Attempt = Job.Attempt,
        };
        Snapshot = Snapshot.Apply(placed);
        return EventFrame.Encode(placed, Snapshot);
    }
}
