using Bunit;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Listing;

namespace ProgressHub.Tests.Components.Listing;

public sealed class StateTabsTests : ComponentTest
{
    private static readonly Dictionary<JobState, long> Counts = new() { [JobState.Running] = 3, [JobState.Failed] = 1 };

    [Fact]
    public void What_is_stalled_has_a_tab_of_its_own_with_how_many_there_are()
    {
        var tabs = Render<StateTabs>(p => p.Add(x => x.Filter, new JobListFilter(State: JobListFilter.Stalled)).Add(x => x.Counts, Counts).Add(x => x.Stalled, 2));

        var current = tabs.Find("a[aria-current]");
        Assert.Equal("Stalled 2", current.TextContent);
        Assert.EndsWith("jobs?state=stalled", current.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(2, true)]
    public void Among_the_tiles_it_is_only_where_there_is_one(int stalled, bool shown)
    {
        var tiles = Render<StateTiles>(p => p.Add(x => x.Counts, Counts).Add(x => x.Stalled, stalled).Add(x => x.FailedLately, 1));

        Assert.Equal(shown, tiles.FindAll("a[href$='state=stalled']").Count == 1);
        Assert.Equal("3", tiles.Find("a[href$='state=running'] strong").TextContent);
    }

    [Fact]
    public void The_list_of_what_is_stalled_asks_for_running_programs_alone()
    {
        var query = new JobListFilter(State: JobListFilter.Stalled).ToQuery("ann", 25);

        Assert.Equal([JobState.Running], query.States);
        Assert.Equal("external", query.Kind);
    }
}
