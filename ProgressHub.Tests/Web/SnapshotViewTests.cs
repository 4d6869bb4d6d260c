using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Jobs;

namespace ProgressHub.Tests.Web;

public sealed class SnapshotViewTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    private static readonly JobSnapshot Running = JobSnapshot.Empty(JobId.New(), Start) with
    {
        State = JobState.Running, StartedAt = Start, ElapsedMs = 1000,
        Stages = [new StageStatus("a", "A", 0.5, "done", 400, 0), new StageStatus("b", "B", 0.5, "running", null, 400)],
    };

    [Fact]
    public void Times_of_a_running_job_are_up_to_now()
    {
        var view = SnapshotView.Present(Running, Start.AddSeconds(5));

        Assert.Equal(5000, view.ElapsedMs);
        Assert.Equal([400, 4600], view.Stages.Select(s => s.Ms));
        Assert.Equal(Start.AddSeconds(5), view.ServerTime);
        Assert.Equal($"/watch/{Running.JobId}", view.Links?.Watch);
    }

    [Fact]
    public void Time_never_runs_backwards_where_clocks_differ() =>
        Assert.Equal(1000, SnapshotView.Present(Running, Start).ElapsedMs);

    [Fact]
    public void Times_of_a_finished_job_stand()
    {
        var view = SnapshotView.Present(Running with { State = JobState.Failed }, Start.AddHours(1));

        Assert.Equal(1000, view.ElapsedMs);
        Assert.Null(view.Stages[1].Ms);
    }

    [Fact]
    public void The_tag_of_a_waiting_job_changes_with_its_place_in_the_queue()
    {
        var waiting = JobSnapshot.Empty(JobId.New(), Start) with { Seq = 1, QueuePosition = 7 };

        Assert.NotEqual(SnapshotResult.Tag(waiting), SnapshotResult.Tag(waiting with { QueuePosition = 6 }));
        Assert.Equal("\"1\"", SnapshotResult.Tag(waiting with { QueuePosition = null }));
    }
}
