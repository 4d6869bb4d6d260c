using Bunit;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Listing;

namespace ProgressHub.Tests.Components.Listing;

public sealed class JobFiltersTests : ComponentTest
{
    [Fact]
    public async Task A_choice_goes_into_the_address_beside_what_was_chosen_before()
    {
        var filters = Show(new JobListFilter(State: "failed"));

        await filters.Field("Kind").ChangeAsync("translation");

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
    public async Task What_is_typed_is_looked_for_once_one_rests()
    {
        var filters = Show(new JobListFilter());

        var first = filters.Field("Search titles").InputAsync("let");
        var last = filters.Field("Search titles").InputAsync("letter");
        Assert.Equal("http://localhost/", Address.Uri);
        await Task.WhenAll(first, last);

        Assert.Equal("http://localhost/jobs?q=letter", Address.Uri);
        Assert.Single(Address.History);
    }

    [Fact]
    public async Task Pinned_jobs_are_listed_by_their_tag_and_the_chip_takes_itself_off()
    {
        var filters = Show(new JobListFilter());
        await filters.One("button", "Pinned").ClickAsync(new());
        Assert.Equal("http://localhost/jobs?tag=pinned", Address.Uri);

        filters = Show(new JobListFilter(Tag: "pinned"));
        Assert.Equal("true", filters.One("button", "Pinned").GetAttribute("aria-pressed"));
        Assert.Empty(filters.All("button", "take the filter off"));
        await filters.One("button", "Pinned").ClickAsync(new());
        Assert.Equal("http://localhost/jobs", Address.Uri);
    }

    [Fact]
    public async Task A_tag_is_a_chip_that_takes_itself_off()
    {
        var filters = Show(new JobListFilter(Tag: "red", Text: "letter"));

        await filters.One("button", "Tag red: take the filter off").ClickAsync(new());

        Assert.Equal("http://localhost/jobs?q=letter", Address.Uri);
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
    public void Without_a_filter_there_is_nothing_to_clear() => Assert.Empty(Show(new JobListFilter()).All("button", "Clear"));

    private IRenderedComponent<JobFilters> Show(JobListFilter filter) =>
        Render<JobFilters>(p => p.Add(x => x.Filter, filter));
}
