using System.Text.Json;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Transcription;

namespace ProgressHub.Tests.Workloads.Transcription;

public sealed class TranscriptionInputTests
{
    private const string Id = TranscriptionHost.FileId;

    private static TranscriptionInput Read(JsonElement input) => new InputBinder<TranscriptionInput>("Transcription").Read(input);

    [Theory]
    [InlineData("""[]""", "input")]
    [InlineData("""{}""", "file")]
    [InlineData("""{"file":7}""", "file")]
    [InlineData("""{"file":""}""", "file")]
    [InlineData("""{"file":"../../etc/passwd"}""", "file")]
    [InlineData("""{"file":"0123456789ABCDEF0123456789ABCDEF"}""", "file")]
    [InlineData("""{"file":"ID","language":"de; rm"}""", "language")]
    [InlineData("""{"file":"ID","task":"summarize"}""", "task")]
    [InlineData("""{"file":"ID","channels":"left"}""", "channels")]
    [InlineData("""{"file":"ID","language":"-f"}""", "language")]
    [InlineData("""{"file":"ID","engine":["pocketsphinx"]}""", "engine")]
    [InlineData("""{"file":"ID","prompt":"a\u0000b"}""", "prompt")]
    [InlineData("""{"file":"ID","grammar":{}}""", "grammar")]
    public void What_is_wrong_is_refused_by_name(string json, string property)
    {
        var refusal = Assert.Throws<WorkloadException>(
            () => Read(JsonElement.Parse(json.Replace("ID", Id, StringComparison.Ordinal))));

        Assert.Equal(("invalid_input", property), (refusal.Code, refusal.Property));
    }

    [Theory]
    [InlineData("model", 200)]
    [InlineData("prompt", TranscriptionInput.MaxPrompt)]
    [InlineData("grammar", TranscriptionInput.MaxGrammar)]
    public void What_is_too_long_is_refused(string property, int longest)
    {
        JsonElement Input(int length) => JsonSerializer.SerializeToElement(
            new Dictionary<string, string> { ["file"] = Id, [property] = new('a', length) });

        Read(Input(longest));
        Assert.Equal(property, Assert.Throws<WorkloadException>(() => Read(Input(longest + 1))).Property);
    }

    [Fact]
    public void Null_and_auto_mean_left_out()
    {
        var input = Read(JsonElement.Parse(
            $$"""{"file":"{{Id}}","language":"auto","engine":null,"model":" ","grammar":null,"prompt":null}"""));

        Assert.Equal(new TranscriptionInput { File = Id }, input);
    }

    [Theory]
    [InlineData("DefaultEngine", "magic")]
    [InlineData("WhisperLoadTimeout", "00:00:00")]
    [InlineData("WhisperSilenceTimeout", "25:00:00")]
    [InlineData("MaxAudioMinutes", "0")]
    [InlineData("MaxConcurrency", "0")]
    [InlineData("OpenAIPartSeconds", "800")]
    [InlineData("FFmpegTimeout", "00:00:00")]
    public async Task Settings_out_of_bounds_are_named_at_the_start(string key, string value)
    {
        await using var host = new TranscriptionHost(($"Transcription:{key}", value));

        var refusal = Assert.Throws<OptionsValidationException>(() => host.Get<IStartupValidator>().Validate());

        Assert.Contains(key, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_engine_is_named_with_those_there_are()
    {
        await using var host = new TranscriptionHost();

        var refusal = await Assert.ThrowsAsync<WorkloadException>(() => host.PlanAsync(new { file = Id, engine = "magic" }).AsTask());

        Assert.Equal("unknown_engine", refusal.Code);
        Assert.Contains("whisper, openai, pocketsphinx", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_choice_the_first_engine_that_is_ready_does_it()
    {
        using var whisper = new WhisperStandIn();
        whisper.Model("base", new { });
        await using var with = new TranscriptionHost(("Transcription:ModelsDirectory", whisper.Folder));
        await using var without = new TranscriptionHost(("Transcription:ModelsDirectory", "/nowhere"));

        Assert.Equal("whisper", (await with.PlanAsync(new { file = Id })).Engine);
        Assert.Equal("pocketsphinx", (await with.PlanAsync(new { file = Id, grammar = "yes" })).Engine);
        Assert.Equal("pocketsphinx", (await without.PlanAsync(new { file = Id })).Engine);
        Assert.Equal("pocketsphinx", (await without.Workload.GetEnginesAsync(CancellationToken.None))[0].Id);
    }

    [Fact]
    public async Task Nearly_all_of_the_bar_is_the_hearing()
    {
        await using var host = new TranscriptionHost();
        var stages = host.Workload.Descriptor.Stages;

        Assert.Equal(["uploading", "preprocessing", "transcribing", "completed"], stages.Stages.Select(s => s.Name));
        Assert.Equal([0, 0.01, 0.03, 0.99, 1], new[] { stages.FractionAt(0, 0), stages.FractionAt(1, 0), stages.FractionAt(2, 0), stages.FractionAt(3, 0), stages.FractionAt(3, 1) }.Select(f => Math.Round(f, 6)));
    }
}
