using Bunit;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Submit;

namespace ProgressHub.Tests.Components.Submit;

public sealed class EngineChoiceTests : ComponentTest
{
    public EngineChoiceTests() => Translation.Engines =
    [
        new("apertium", "Apertium (rule-based, offline)", Ready: false, "apt-get install apertium"),
        new("pseudo", "Pseudo-localisation", Ready: true),
        new("pairs", "Paired", Ready: true) { Options = ["en-es", "fr-ca"] },
        new("openai", "OpenAI", Ready: false, "Set a key."),
    ];

    [Fact]
    public void The_first_ready_engine_that_does_real_work_is_chosen()
    {
        var form = Render<TranslationForm>();

        Assert.True(form.Field("Paired").HasAttribute("checked"));
    }

    [Fact]
    public void What_only_shows_how_it_would_go_is_chosen_where_nothing_else_is_ready()
    {
        Translation.Engines = [new("openai", "OpenAI", Ready: false), new("pseudo", "Pseudo-localisation", Ready: true)];

        Assert.True(Render<TranslationForm>().Field("Pseudo-localisation").HasAttribute("checked"));
    }

    [Fact]
    public void An_engine_that_is_not_ready_says_what_it_needs_and_can_not_be_chosen()
    {
        var form = Render<TranslationForm>();

        var apertium = form.Field("Apertium");
        Assert.True(apertium.HasAttribute("disabled"));
        Assert.Equal("Not ready apt-get install apertium", form.DescriptionOf(apertium));
    }

    [Fact]
    public async Task An_engine_with_pairs_offers_those_alone()
    {
        var form = Render<TranslationForm>();

        await form.Field("Paired").ChangeAsync("pairs");

        Assert.Equal(["English → Spanish", "French → Catalan"], form.Field("Languages").Children.Select(o => o.TextContent));
        await form.Field("Languages").ChangeAsync("fr-ca");
        await form.Field("Text to translate").ChangeAsync("Bonjour");
        await form.Find("form").SubmitAsync();
        var input = Assert.Single(Translation.Accepted);
        Assert.Equal("fr", input.GetProperty("sourceLanguage").GetString());
        Assert.Equal("ca", input.GetProperty("targetLanguage").GetString());
    }

    [Fact]
    public async Task An_engine_without_a_key_asks_for_one_and_never_shows_it()
    {
        var form = Render<TranslationForm>();
        await form.Field("Text to translate").ChangeAsync("Hello");
        await form.Field("OpenAI").ChangeAsync("openai");
        await form.Find("form").SubmitAsync();
        var key = form.Field("API key");
        Assert.Contains("has no key", form.DescriptionOf(key), StringComparison.Ordinal);
        Assert.Equal("password", key.GetAttribute("type"));

        await key.ChangeAsync("sk-secret");
        await form.Find("form").SubmitAsync();

        Assert.Equal("sk-secret", Assert.Single(Translation.Accepted).GetProperty("apiKey").GetString());
    }

    [Fact]
    public async Task A_key_is_not_sent_to_an_engine_that_takes_none()
    {
        var form = Render<TranslationForm>();
        await form.Field("Text to translate").ChangeAsync("Hello");
        await form.Field("OpenAI").ChangeAsync("openai");
        await form.Field("API key").ChangeAsync("sk-secret");
        await form.Field("Pseudo-localisation").ChangeAsync("pseudo");

        await form.Find("form").SubmitAsync();

        Assert.False(Assert.Single(Translation.Accepted).TryGetProperty("apiKey", out _));
    }
}
