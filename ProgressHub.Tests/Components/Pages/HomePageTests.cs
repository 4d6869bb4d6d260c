using Bunit;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Pages;

namespace ProgressHub.Tests.Components.Pages;

public sealed class HomePageTests : ComponentTest
{
    [Theory]
    [InlineData("", "Translation", "Translate a text")]
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
}
