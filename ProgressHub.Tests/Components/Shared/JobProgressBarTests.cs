using AngleSharp.Dom;
using Bunit;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Web.Components.Shared;
using ProgressHub.Web.Localization;

namespace ProgressHub.Tests.Components.Shared;

public sealed class JobProgressBarTests : BunitContext
{
    private static readonly JobSnapshot Running = new()
    {
        JobId = JobId.New(), Title = "Letter", State = JobState.Running, Fraction = 0.427, StageFraction = 0.3,
    };

    public JobProgressBarTests() => Services.AddSingleton<UiText>();

    [Fact]
    public void It_says_its_name_and_its_share()
    {
        var bar = Bar(Running);

        Assert.Equal("Progress of Letter", bar.GetAttribute("aria-label"));
        Assert.Equal("42", bar.GetAttribute("aria-valuenow"));
        Assert.Equal("width:42.7%", bar.Children[0].GetAttribute("style"));
    }

    [Fact]
    public void Without_a_known_share_it_names_none()
    {
        var bar = Bar(Running with { Fraction = 0, StageFraction = null });

        Assert.False(bar.HasAttribute("aria-valuenow"));
        Assert.Contains("not known", bar.GetAttribute("aria-valuetext"), StringComparison.Ordinal);
    }

    [Fact]
    public void In_a_stage_without_a_share_the_known_part_is_kept()
    {
        var bar = Bar(Running with { StageFraction = null });

        Assert.Equal("42", bar.GetAttribute("aria-valuenow"));
        Assert.Contains("moving", bar.Children[0].ClassName, StringComparison.Ordinal);
    }

    [Fact]
    public void An_estimate_is_said_to_be_one() =>
        Assert.Equal("about 42 percent", Bar(Running with { Estimated = true }).GetAttribute("aria-valuetext"));

    [Theory]
    [InlineData(JobState.Running, 0.9999, "99")]
    [InlineData(JobState.Failed, 1.0, "99")]
    [InlineData(JobState.Succeeded, 1.0, "100")]
    public void A_hundred_is_said_of_success_alone(JobState state, double fraction, string now) =>
        Assert.Equal(now, Bar(Running with { State = state, Fraction = fraction }).GetAttribute("aria-valuenow"));

    private IElement Bar(JobSnapshot job) => Render<JobProgressBar>(p => p.Add(x => x.Job, job)).One("progressbar");
}
