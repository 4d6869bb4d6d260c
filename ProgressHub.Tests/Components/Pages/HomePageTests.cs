using Bunit;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Pages;

namespace ProgressHub.Tests.Components.Pages;

public sealed class HomePageTests : ComponentTest
{
    [Theory]
    [InlineData("new", "Translation", "Translate a text")]
    [InlineData("new?do=ask", "Documents", "Ask your documents")]
    [InlineData("?do=translate", "Translation", "Translate a text")]
    [InlineData("?do=transcribe", "Transcription", "Transcribe recordings")]
    [InlineData("?do=external", "Your own program", "Watch a program of your own")]
    [InlineData("?do=sing", "Translation", "Translate a text")]
    public void The_address_says_what_to_do(string query, string chosen, string heading)
    {
        Address.NavigateTo($"/{query}");

        var page = Render<HomePage>();

        Assert.Equal(chosen, page.Find("[aria-current=page]").Text());
        Assert.Equal(heading, page.Find("h1").Text());
        Assert.Equal(
            ["Translation", "Transcription", "Documents", "Table", "Your own program"], page.FindAll("nav.tasks a").Select(a => a.Text()));
    }

    [Fact]
    public void Without_a_wish_it_tells_what_goes_on()
    {
        Address.NavigateTo("/");

        var page = Render<HomePage>();

        Assert.Equal("Overview", page.Find("h1").Text());
        Assert.Contains(page.FindAll("button"), button => button.Text().StartsWith("Ask a handbook", StringComparison.Ordinal));
        page.WaitForAssertion(() => Assert.Equal("0 jobs", page.Find(".facts").Text()));
        Assert.Contains("Nothing waits.", page.Find(".slots").Text(), StringComparison.Ordinal);
    }
}
