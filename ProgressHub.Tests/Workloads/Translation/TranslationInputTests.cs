using System.Text.Json;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Workloads.Translation;

public sealed class TranslationInputTests
{
    [Theory]
    [InlineData("""[]""", "invalid_input", "input")]
    [InlineData("""{"targetLanguage":"es"}""", "invalid_input", "text")]
    [InlineData("""{"text":5,"targetLanguage":"es"}""", "invalid_input", "text")]
    [InlineData("""{"text":" \n\t ","targetLanguage":"es"}""", "empty_text", "text")]
    [InlineData("""{"text":"a \ud800 b","targetLanguage":"es"}""", "invalid_text", "text")]
    [InlineData("""{"text":"Hello"}""", "invalid_input", "targetLanguage")]
    [InlineData("""{"text":"Hello","targetLanguage":"../etc"}""", "invalid_input", "targetLanguage")]
    [InlineData("""{"text":"Hello","targetLanguage":"es","sourceLanguage":["en"]}""", "invalid_input", "sourceLanguage")]
    [InlineData("""{"text":"Hello","targetLanguage":"es","format":"docx"}""", "unknown_format", "format")]
    [InlineData("""{"text":"Hello","targetLanguage":"es","engine":"deepl"}""", "unknown_engine", "engine")]
    [InlineData("""{"text":"Hello","targetLanguage":"es","engine":"openai"}""", "engine_unavailable", "engine")]
    [InlineData("""{"text":"Hello","targetLanguage":"es","engine":"anthropic"}""", "engine_unavailable", "engine")]
    [InlineData("""{"text":"Hello","targetLanguage":"es","batchCharacters":49}""", "invalid_input", "batchCharacters")]
    [InlineData("""{"text":"Hello","targetLanguage":"es","batchCharacters":20001}""", "invalid_input", "batchCharacters")]
    [InlineData("""{"text":"Hello","targetLanguage":"es","batchCharacters":"100"}""", "invalid_input", "batchCharacters")]
    [InlineData("""{"text":"Hello","targetLanguage":"es","batchCharacters":99.5}""", "invalid_input", "batchCharacters")]
    public async Task What_is_wrong_is_refused_before_the_job_is_accepted(string input, string code, string property)
    {
        await using var host = new TranslationHost();
        using var json = JsonDocument.Parse(input);

        var exception = await Assert.ThrowsAsync<WorkloadException>(
            () => host.Workload.PlanAsync(json.RootElement, CancellationToken.None).AsTask());

        Assert.Equal((code, property), (exception.Code, exception.Property));
        Assert.False(exception.IsTransient);
    }

    [Fact]
    public async Task Two_mebibytes_are_taken_and_a_byte_more_is_not()
    {
        await using var host = new TranslationHost();
        var most = new string('é', 1024 * 1024);

        await host.PlanAsync(new { text = most, targetLanguage = "es" });
        var exception = await Assert.ThrowsAsync<WorkloadException>(
            () => host.PlanAsync(new { text = most + "a", targetLanguage = "es" }).AsTask());

        Assert.Equal("text_too_long", exception.Code);
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task A_key_in_the_request_makes_an_unconfigured_engine_usable(string engine)
    {
        await using var host = new TranslationHost();

        var plan = await host.PlanAsync(new { text = "Hello", targetLanguage = "es", engine, apiKey = "k" });

        Assert.Equal(engine, plan.Engine);
        Assert.Equal(["apiKey"], host.Workload.Descriptor.SecretInputs);
    }

    [Fact]
    public async Task An_engine_that_is_not_ready_says_the_setting_that_makes_it_ready()
    {
        await using var host = new TranslationHost(("Translation:ApertiumCommand", "no-such-program"));

        var engines = await host.Workload.GetEnginesAsync(CancellationToken.None);

        Assert.Equal(["pseudo", "apertium", "openai", "anthropic"], engines.Select(e => e.Id));
        Assert.Contains("not a translation", engines[0].Label, StringComparison.Ordinal);
        Assert.Contains("apt-get install", engines[1].Hint, StringComparison.Ordinal);
        Assert.Contains("Inference:OpenAI:ApiKey", engines[2].Hint, StringComparison.Ordinal);
        Assert.Contains("Inference:Anthropic:ApiKey", engines[3].Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_of_ones_own_needs_a_model_and_no_key()
    {
        await using var without = new TranslationHost(("Inference:OpenAI:Endpoint", "http://localhost:11434/v1"));
        await using var with = new TranslationHost(
            ("Inference:OpenAI:Endpoint", "http://localhost:11434/v1"), ("Inference:OpenAI:ChatModel", "llama"));

        var exception = await Assert.ThrowsAsync<WorkloadException>(
            () => without.PlanAsync(new { text = "Hello", targetLanguage = "es", engine = "openai" }).AsTask());
        var plan = await with.PlanAsync(new { text = "Hello", targetLanguage = "es", engine = "openai" });

        Assert.Contains("Inference:OpenAI:ChatModel", exception.Message, StringComparison.Ordinal);
        Assert.Equal("openai", plan.Engine);
    }

    [Theory]
    [InlineData("plain", "The quick brown fox", "Translation to es: The quick brown fox")]
    [InlineData("plain", "\n\n  Two\twords \r\nmore", "Translation to es: Two words")]
    [InlineData("markdown", "---\ntitle: x\n---\n\n# A heading\n", "Translation to es: A heading")]
    [InlineData("srt", "1\n00:00:01,000 --> 00:00:02,000\nHello\n", "Translation to es: Hello")]
    [InlineData("plain", "12345", "Translation to es")]
    public async Task A_title_is_made_of_the_first_words(string format, string text, string title)
    {
        await using var host = new TranslationHost();

        Assert.Equal(title, (await host.PlanAsync(new { text, format, targetLanguage = "es" })).SuggestedTitle);
    }

    [Fact]
    public async Task A_title_is_one_line_of_at_most_80_characters_whatever_the_text()
    {
        await using var host = new TranslationHost();
        for (var seed = 0; seed < 300; seed++)
        {
            var text = NastyText.Make(seed, 60) + "word";
            foreach (var format in new[] { "plain", "markdown", "srt" })
            {
                var title = (await host.PlanAsync(new { text, format, targetLanguage = "es" })).SuggestedTitle;

                Assert.InRange(title.Length, 1, 80);
                Assert.DoesNotContain(title, char.IsControl);
            }
        }
    }

    [Fact]
    public async Task The_schema_is_draft_2020_12_and_the_stages_are_the_settled_ones()
    {
        await using var host = new TranslationHost();
        var descriptor = host.Workload.Descriptor;

        Assert.Equal("https://json-schema.org/draft/2020-12/schema", descriptor.InputSchema.GetProperty("$schema").GetString());
        Assert.Equal("translation", descriptor.Kind);
        Assert.Equal([("preparing", 0.10), ("translating", 0.85), ("assembling", 0.05)], descriptor.Stages.Stages.Select(s => (s.Name, Math.Round(s.Weight, 9))));
    }
}
