using System.Threading.Channels;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.External;

/// <summary>What one program says in one request.</summary>
internal sealed class ExternalReport(IReadOnlyList<WorkloadUpdate> updates, ExternalEnd? end)
{
    private readonly TaskCompletionSource<ExternalAnswer?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<WorkloadUpdate> Updates => updates;

    public ExternalEnd? End => end;

    public Task<ExternalAnswer?> Answered => _answer.Task;

    /// <summary>Null where the attempt ended before it came to this.</summary>
    public void Answer(ExternalAnswer? answer) => _answer.TrySetResult(answer);
}

/// <summary>The inbox of one attempt. It holds a few reports; who sends more waits, and that is the backpressure.</summary>
internal sealed class ExternalSession(JobId jobId, StagePlan plan)
{
    private const int Capacity = 64;

    private readonly Channel<ExternalReport> _inbox = Channel.CreateBounded<ExternalReport>(
        new BoundedChannelOptions(Capacity) { SingleReader = true });

    private long _heardAt;

    public JobId JobId => jobId;

    /// <summary>When the program was last heard of; null where it was not.</summary>
    public DateTimeOffset? HeardAt
    {
        get => Interlocked.Read(ref _heardAt) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
        set => Interlocked.Exchange(ref _heardAt, value?.UtcTicks ?? 0);
    }

    public ChannelReader<ExternalReport> Inbox => _inbox.Reader;

    public async Task<ExternalAnswer?> SendAsync(ExternalReport report, CancellationToken cancellationToken)
    {
        foreach (var update in report.Updates)
            Check(update);
        try
        {
            await _inbox.Writer.WriteAsync(report, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            return null;
        }

        return await report.Answered.WaitAsync(cancellationToken);
    }

    /// <summary>The attempt is over: what it has not come to is not applied.</summary>
    public void Close()
    {
        _inbox.Writer.TryComplete();
        while (_inbox.Reader.TryRead(out var left))
            left.Answer(null);
    }

    private void Check(WorkloadUpdate update)
    {
        if (update.Stage is not { } name || plan.Stages.Any(stage => stage.Name == name))
            return;
        throw new WorkloadException(
            "unknown_stage", $"The job has no such stage; it has {string.Join(", ", plan.Stages.Select(s => s.Name))}.")
        {
            Property = "stage",
        };
    }
}
