using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Shared;
using ProgressHub.Web.Localization;

namespace ProgressHub.Tests.Components.Shared;

public sealed class JobStateBadgeTests : BunitContext
{
    private static readonly JobSnapshot Job = JobSnapshot.Empty(JobId.New(), DateTimeOffset.UnixEpoch);

    public JobStateBadgeTests() => Services.AddSingleton<UiText>();

    [Fact]
    public void Every_state_has_a_word_of_its_own_and_a_drawing_no_reader_hears()
    {
        var words = new HashSet<string>();
        foreach (var state in Enum.GetValues<JobState>())
        {
            var badge = Render<JobStateBadge>(p => p.Add(x => x.Job, Job with { State = state }));
            Assert.True(words.Add(badge.Find(".badge").TextContent.Trim()));
            Assert.Equal("true", badge.Find("svg").GetAttribute("aria-hidden"));
            Assert.NotEqual("M12 12v.01", badge.Find("path").GetAttribute("d"));
        }
    }

    [Theory]
    [InlineData(JobState.Succeeded, JobOutcomes.NoAnswer, 0, "No answer")]
    [InlineData(JobState.Succeeded, null, 3, "Succeeded, 3 failed")]
    [InlineData(JobState.Failed, null, 3, "3 of 7 failed")]
    [InlineData(JobState.Failed, null, 0, "Failed")]
    public void What_has_no_answer_or_failed_in_parts_is_no_plain_success(JobState state, string? outcome, int failed, string expected)
    {
        var job = Job with
        {
            State = state, Outcome = outcome, Partials = new PartialCounts(4, failed, null),
            Error = state == JobState.Failed ? new JobError("items_failed", "Parts failed.") : null,
        };

        var badge = Render<JobStateBadge>(p => p.Add(x => x.Job, job)).Find(".badge");

        Assert.Equal(expected, badge.TextContent.Trim());
        Assert.DoesNotContain("succeeded", badge.ClassList);
        Assert.StartsWith(expected, job.Headline(), StringComparison.Ordinal);
    }
}
