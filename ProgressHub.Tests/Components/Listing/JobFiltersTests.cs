using Bunit;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Listing;

namespace ProgressHub.Tests.Components.Listing;

public sealed class JobFiltersTests : ComponentTest
{
    [Fact]
    public async Task A_choice_goes_into_the_address_beside_what_was_chosen_before()
    {
        var filters = Show(new JobListFilter(Kind: "translation"));

        await filters.Field("State").ChangeAsync("failed");

        Assert.Equal("http://localhost/jobs?kind=translation&state=failed", Address.Uri);
    }

    [Fact]
    public async Task A_search_is_escaped_in_the_address()
    {
        var filters = Show(new JobListFilter());

        await filters.Field("Search titles").ChangeAsync(" R&D 100% ");

        Assert.Equal("http://localhost/jobs?q=R%26D%20100%25", Address.Uri);
    }

    [Fact]
    public async Task Another_choice_starts_at_the_newest()
    {
        var filters = Show(new JobListFilter(Before: 17));

        await filters.Field("Kind").ChangeAsync("translation");

        Assert.Equal("http://localhost/jobs?kind=translation", Address.Uri);
    }

    [Fact]
    public async Task All_filters_are_cleared_at_once()
    {
        var filters = Show(new JobListFilter("translation", "failed", "letter"));

        await filters.One("button", "Clear").ClickAsync(new());

        Assert.Equal("http://localhost/jobs", Address.Uri);
    }

    [Fact]
    public void Without_a_filter_there_is_nothing_to_clear() => Assert.Empty(Show(new JobListFilter()).All("button"));

    private IRenderedComponent<JobFilters> Show(JobListFilter filter) =>
        Render<JobFilters>(p => p.Add(x => x.Filter, filter));
}
