using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Replay;

namespace ProgressHub.Tests.Components.Replay;

public sealed class JobReplayTests : ComponentTest
{
    [Fact]
    public async Task A_moment_is_the_state_the_lines_and_the_pieces_of_then()
    {
        using var job = await DrivenJob.StartAsync(Services);
        List<JobSnapshot> states = [];
        for (var i = 0; i < 700; i++)
        {
            await job.SayAsync(new LogEvent(JobLogLevel.Info, $"line {i}"), new PartialEvent(i % 5, null, true, $"version {i}", null, null));
            states.Add((await Jobs.FindAsync(job.Id, "local", CancellationToken.None))!);
        }

        var replay = new JobReplay(Jobs, job.Id, "local");
        foreach (var at in (int[])[650, 3, 0, 699, 249])
        {
            var moment = await replay.AtAsync(states[at].Seq, CancellationToken.None);

            Assert.NotNull(moment);
            Assert.Equal((states[at].Seq, states[at].Partials, states[at].State), (moment.View.Snapshot.Seq, moment.View.Snapshot.Partials, moment.View.Snapshot.State));
            Assert.Equal($"line {at}", moment.View.Log.Items[^1].Message);
            Assert.Equal($"version {at}", moment.View.Partials.Items.MaxBy(piece => piece.Seq)!.Text);
            Assert.Equal(Math.Min(5, at + 1), moment.View.Partials.Items.Count);
        }

        Assert.Null(await new JobReplay(Jobs, job.Id, "others").AtAsync(5, CancellationToken.None));
    }
}
