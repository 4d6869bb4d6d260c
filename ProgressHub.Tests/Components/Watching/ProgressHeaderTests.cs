using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Watching;

namespace ProgressHub.Tests.Components.Watching;

public sealed class ProgressHeaderTests : ComponentTest
{
    [Theory]
    [InlineData("history", "from 18 earlier runs")]
    [InlineData("blend", "from 18 earlier runs and this one")]
    [InlineData("rate", "from this run")]
    public void The_time_left_is_a_range_and_says_what_it_rests_on(string basis, string said)
    {
        var header = Show(new Eta(41_000, 58_000, basis, 18));

        var left = header.FindAll("dt").Single(t => t.TextContent == "Remaining").NextElementSibling!.Text();
        Assert.EndsWith(said, left, StringComparison.Ordinal);
        Assert.DoesNotContain("longer than usual", left, StringComparison.Ordinal);
    }

    [Fact]
    public void What_takes_longer_than_it_ever_did_is_called_so()
    {
        var header = Show(new Eta(41_000, 58_000, "history", 18) { LongerThanUsual = true });

        Assert.Contains("longer than usual", header.Find(".times").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nothing_is_known_of_it_nothing_is_said() =>
        Assert.DoesNotContain("Remaining", Show(null).Markup, StringComparison.Ordinal);

    [Fact]
    public void What_models_were_used_for_is_shown_with_its_cost()
    {
        var header = Show(null, new JobUsage(1200, 340, 3) { Cost = 0.00125m, Currency = "EUR", Estimated = true });

        Assert.Equal("1,200 in, 340 out in 3 calls", header.Find(".usage dd").TextContent);
        Assert.Equal("Tokens (estimated)", header.Find(".usage dt").TextContent);
        Assert.Equal("0.00125 EUR", header.Find(".cost dd").TextContent);
    }

    [Fact]
    public void Without_models_no_tokens_are_shown() => Assert.Empty(Show(null).FindAll(".usage, .cost"));

    [Fact]
    public async Task A_job_that_waits_says_who_paused_it_and_then_its_place()
    {
        var change = Services.GetRequiredService<QueueSwitch>();
        await change.PauseAsync(null, "ada", "Ada", CancellationToken.None);
        var header = Render<ProgressHeader>(p => p.Add(x => x.Job, new JobSnapshot
        {
            JobId = JobId.New(), Title = "Letter", Kind = "translation", State = JobState.Queued, QueuePosition = 0,
        }));
        header.WaitForAssertion(() => Assert.Equal("The queue is paused by Ada", header.Find(".doing").TextContent));

        await change.ResumeAsync(null, "ada", CancellationToken.None);

        header.WaitForAssertion(() => Assert.Equal("Next in the queue", header.Find(".doing").TextContent));
    }

    private IRenderedComponent<ProgressHeader> Show(Eta? eta, JobUsage? usage = null) => Render<ProgressHeader>(p => p.Add(x => x.Job, new JobSnapshot
    {
        JobId = JobId.New(), Title = "Letter", Kind = "translation", State = JobState.Running, Eta = eta, Usage = usage,
    }));
}
