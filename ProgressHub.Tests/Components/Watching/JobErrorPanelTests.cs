using Bunit;
using ProgressHub.Core.Events;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Watching;

namespace ProgressHub.Tests.Components.Watching;

public sealed class JobErrorPanelTests : ComponentTest
{
    [Fact]
    public void What_failed_is_said_once_with_what_to_do_next()
    {
        var panel = Show(new JobError("items_failed", "2 parts failed; the rest is done. Retry the failed ones alone."), done: 5, failed: 2);

        Assert.Equal("2 items failed", panel.One("heading").TextContent);
        Assert.Equal(
            ["The rest is done and in the result. Retry the failed items alone; what went well is kept.", "Code: items_failed"],
            panel.FindAll("p").Select(p => p.Text()));
    }

    [Fact]
    public void A_failure_of_the_whole_job_is_told_in_its_own_words_whatever_pieces_failed_before()
    {
        var panel = Show(new JobError("timed_out", "The job took longer than 1:00:00."), done: 5, failed: 2);

        Assert.Equal("What went wrong", panel.One("heading").TextContent);
        Assert.Equal(
            ["The job took longer than 1:00:00.", "What is done is kept: retry the rest, or all of it.", "Code: timed_out"],
            panel.FindAll("p").Select(p => p.Text()));
    }

    [Fact]
    public void Where_nothing_was_done_it_says_how_to_go_on()
    {
        var panel = Show(new JobError("engine_unavailable", "Apertium is not installed."), done: 0, failed: 0);

        Assert.Equal(
            ["Apertium is not installed.", "Once that is put right, retry the job.", "Code: engine_unavailable"],
            panel.FindAll("p").Select(p => p.Text()));
    }

    private IRenderedComponent<JobErrorPanel> Show(JobError error, int done, int failed) => Render<JobErrorPanel>(p => p
        .Add(x => x.Error, error)
        .Add(x => x.Pieces, new PartialCounts(done, failed, null))
        .Add(x => x.HasResult, failed > 0));
}
