using Bunit;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Pages;
using ProgressHub.Workloads.Knowledge;

namespace ProgressHub.Tests.Components.Pages;

public sealed class CollectionsPageTests : KnowledgeComponentTest
{
    [Fact]
    public void Without_one_of_your_own_it_says_what_to_do_and_lists_the_bundled_ones_which_can_not_be_deleted()
    {
        var page = Open("Bundled");

        Assert.Contains("No collection of yours yet", page.Markup, StringComparison.Ordinal);
        Assert.Contains("nobody can change or delete them", page.Markup, StringComparison.Ordinal);
        Assert.Equal(["collections/guan_yu", "collections/lighthouse"], page.All("link").Select(a => a.GetAttribute("href")));
        Assert.Contains("100 documents · 100 passages", page.Find("[aria-label='Bundled collections']").Text(), StringComparison.Ordinal);
        Assert.Empty(page.All("button", "Delete"));
    }

    [Theory]
    [InlineData("  ", "Give it a name.")]
    [InlineData("birds", "There is a collection of this name")]
    [InlineData(null, "At most 200 characters; it has 201.")]
    public async Task A_name_that_can_not_be_is_said_at_its_field(string? name, string problem)
    {
        await CreateAsync("Birds");
        var page = Open("Bundled");

        await page.Field("Name").ChangeAsync(name ?? new string('a', KnowledgeLibrary.MaxName + 1));
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains(problem, page.DescriptionOf(page.Field("Name")), StringComparison.Ordinal));
        Assert.Equal("true", page.Field("Name").GetAttribute("aria-invalid"));
        Assert.Equal(3, (await Library.ListAsync(Owner, CancellationToken.None)).Count);
    }

    [Fact]
    public async Task A_collection_is_made_and_gone_to()
    {
        var page = Open("Bundled");

        await page.Field("Name").ChangeAsync(" Sea birds ");
        await page.Field("What it is about").ChangeAsync("Puffins");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("/collections/", Address.Uri, StringComparison.Ordinal));
        var made = (await Library.ListAsync(Owner, CancellationToken.None))[^1];
        Assert.Equal(("Sea birds", "Puffins", "minilm-1"), (made.Name, made.Description, made.Embedding));
        Assert.EndsWith($"/collections/{made.Id}", Address.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collection_goes_only_once_that_is_confirmed()
    {
        var made = await CreateAsync("Birds");
        await FillAsync(made.Id, ("a", "Puffins nest in burrows."));
        var page = Open("Birds");

        await page.One("button", "Delete Birds").ClickAsync(new());
        Assert.Contains("Delete “Birds” with its 1 document?", page.Find("dialog").Text(), StringComparison.Ordinal);
        await page.One("button", "Keep it").ClickAsync(new());
        Assert.NotNull(await Library.FindAsync(Owner, made.Id, CancellationToken.None));
        await page.One("button", "Delete Birds").ClickAsync(new());
        await page.One("button", "Yes, delete it").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("No collection of yours yet", page.Markup, StringComparison.Ordinal));
        Assert.Null(await Library.FindAsync(Owner, made.Id, CancellationToken.None));
    }

    private IRenderedComponent<CollectionsPage> Open(string shows)
    {
        var page = Render<CollectionsPage>();
        page.WaitForAssertion(() => Assert.Contains(shows, page.Markup, StringComparison.Ordinal));
        return page;
    }
}
