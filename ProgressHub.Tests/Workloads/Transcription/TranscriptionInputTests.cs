using System.Text.Json;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Workloads;
using ProgressHub.Core.Workloads.Transcription;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Workloads.Transcription;

public sealed class TranscriptionInputTests
{
    private const string Id = TranscriptionHost.FileId;

    [Theory]
    [InlineData("""[]""", "input")]
    [InlineData("""{}""", "file")]
    [InlineData("""{"file":7}""", "file")]
    [InlineData("""{"file":""}""", "file")]
    [InlineData("""{"file":"../../etc/passwd"}""", "file")]
    [InlineData("""{"file":"0123456789ABCDEF0123456789ABCDEF"}""", "file")]
    [InlineData("""{"file":"ID","language":"english please"}""", "language")]
    [InlineData("""{"file":"ID","language":"-f"}""", "language")]
    [InlineData("""{"file":"ID","engine":["pocketsphinx"]}""", "engine")]
    [InlineData("""{"file":"ID","prompt":"a\u0000b"}""", "prompt")]
    [InlineData("""{"file":"ID","grammar":{}}""", "grammar")]
    public void What_is_wrong_is_refused_by_name(string json, string property)
    {
        var refusal = Assert.Throws<WorkloadException>(
            () => TranscriptionInput.Parse(JsonElement.Parse(json.Replace("ID", Id, StringComparison.Ordinal))));

        Assert.Equal(("invalid_input", property), (refusal.Code, refusal.Property));
    }

    [Theory]
    [InlineData("model", TranscriptionInput.MaxName)]
    [InlineData("prompt", TranscriptionInput.MaxPrompt)]
    [InlineData("grammar", TranscriptionInput.MaxGrammar)]
    public void What_is_too_long_is_refused(string property, int longest)
    {
        JsonElement Input(int length) => JsonSerializer.SerializeToElement(
            new Dictionary<string, string> { ["file"] = Id, [property] = new('a', length) });

        TranscriptionInput.Parse(Input(longest));
        Assert.Equal(property, Assert.Throws<WorkloadException>(() => TranscriptionInput.Parse(Input(longest + 1))).Property);
    }

    [Fact]
    public void Null_and_auto_mean_left_out()
    {
        var input = TranscriptionInput.Parse(JsonElement.Parse(
            $$"""{"file":"{{Id}}","language":"auto","engine":null,"model":" ","grammar":null,"prompt":null}"""));

        Assert.Equal(new TranscriptionInput { File = Id }, input);
    }

    [Theory]
    [InlineData("DefaultEngine", "magic")]
    [InlineData("WhisperCli", "")]
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
        Assert.Contains("whisper-cli, openai, pocketsphinx", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_choice_the_first_engine_that_is_ready_does_it()
    {
        using var whisper = new WhisperStandIn();
        whisper.Model("base", new { });
        await using var with = new TranscriptionHost(("Transcription:WhisperCli", whisper.Path), ("Transcription:ModelsDirectory", whisper.Folder));
        await using var without = new TranscriptionHost(("Transcription:WhisperCli", "/nowhere/whisper-cli"));

        Assert.Equal("whisper-cli", (await with.PlanAsync(new { file = Id })).Engine);
        Assert.Equal("pocketsphinx", (await with.PlanAsync(new { file = Id, grammar = "yes" })).Engine);
        Assert.Equal("pocketsphinx", (await without.PlanAsync(new { file = Id })).Engine);
        Assert.Equal("pocketsphinx", (await without.Workload.GetEnginesAsync(CancellationToken.None))[0].Id);
    }

    [Fact]
    public async Task Stages_begin_where_they_are_promised_to()
    {
        await using var host = new TranscriptionHost();
        var stages = host.Workload.Descriptor.Stages;

        Assert.Equal(["uploading", "preprocessing", "transcribing", "completed"], stages.Stages.Select(s => s.Name));
        Assert.Equal([0, 0.1, 0.3, 0.9, 1], new[] { stages.FractionAt(0, 0), stages.FractionAt(1, 0), stages.FractionAt(2, 0), stages.FractionAt(3, 0), stages.FractionAt(3, 1) }.Select(f => Math.Round(f, 6)));
    }
}
