using Bunit;
using ProgressHub.Core.Jobs;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Web.Components.Shared;
using ProgressHub.Web.Localization;

namespace ProgressHub.Tests.Components.Shared;

public sealed class JobStateBadgeTests : BunitContext
{
    public JobStateBadgeTests() => Services.AddSingleton<UiText>();

    [Fact]
    public void Every_state_has_a_word_of_its_own_and_a_drawing_no_reader_hears()
    {
        var words = new HashSet<string>();
        foreach (var state in Enum.GetValues<JobState>())
        {
            var badge = Render<JobStateBadge>(p => p.Add(x => x.State, state));
            Assert.True(words.Add(badge.Find(".badge").TextContent.Trim()));
            Assert.Equal("true", badge.Find("svg").GetAttribute("aria-hidden"));
            Assert.NotEqual("M12 12v.01", badge.Find("path").GetAttribute("d"));
        }
    }
}
