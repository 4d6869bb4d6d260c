using System.ClientModel;
using System.ClientModel.Primitives;
using System.Diagnostics.CodeAnalysis;
using OpenAI;
using OpenAI.Audio;

namespace ProgressHub.Tests.AspNetCore.Dialects.Transcription;

/// <summary>OpenAI's own .NET client against the dialect.</summary>
public sealed class OpenAISdkTests(DialectServer server) : IClassFixture<DialectServer>
{
    private AudioClient Client => For("whisper-1");

    private AudioClient For(string model) => new(
        model, new ApiKeyCredential("none"), new OpenAIClientOptions
        {
            Endpoint = new Uri(server.Server.Address, "/v1"), RetryPolicy = new ClientRetryPolicy(0),
        });

    [Fact]
    public async Task It_reads_every_form_that_it_can_ask_for()
    {
        var simple = await AskAsync(AudioTranscriptionFormat.Simple);
        var verbose = await AskAsync(AudioTranscriptionFormat.Verbose);
        var srt = await AskAsync(AudioTranscriptionFormat.Srt);
        var text = await AskAsync(AudioTranscriptionFormat.Text);

        Assert.Equal("Hello there. 你好 😀", simple.Text);
        Assert.Equal(("english", TimeSpan.FromSeconds(3)), (verbose.Language, verbose.Duration));
        Assert.Equal(["Hello there.", "你好 😀"], verbose.Segments.Select(s => s.Text));
        Assert.Equal([TimeSpan.Zero, TimeSpan.FromSeconds(1.5)], verbose.Segments.Select(s => s.StartTime));
        Assert.StartsWith("1\n00:00:00,000 --> 00:00:01,500\nHello there.", srt.Text, StringComparison.Ordinal);
        Assert.Equal("Hello there. 你好 😀", text.Text.Trim());
    }

    [Fact]
    [Experimental("OPENAI001")]
    public async Task It_streams()
    {
        List<StreamingAudioTranscriptionUpdate> updates = [];
        await foreach (var update in For("gpt-4o-transcribe").TranscribeAudioStreamingAsync(new MemoryStream(DialectServer.Speech()), "audio.wav"))
            updates.Add(update);

        Assert.Equal(
            "Hello there. 你好 😀", string.Concat(updates.OfType<StreamingAudioTranscriptionTextDeltaUpdate>().Select(u => u.Delta)));
        Assert.Equal("Hello there. 你好 😀", Assert.IsType<StreamingAudioTranscriptionTextDoneUpdate>(updates[^1]).Text);
    }

    [Fact]
    public async Task It_passes_its_hints_on_and_understands_a_refusal()
    {
        await Client.TranscribeAudioAsync(new MemoryStream(DialectServer.Speech()), "audio.wav", new AudioTranscriptionOptions
        {
            Prompt = "Names: Žofie", Temperature = 0.25f, Language = "en",
        });
        var call = server.Whisper.Calls.Single(c => c.Prompt == "Names: Žofie");
        var refusal = await Assert.ThrowsAsync<ClientResultException>(
            () => Client.TranscribeAudioAsync(new MemoryStream("This is no sound."u8.ToArray()), "audio.wav"));

        Assert.Equal((0.25f, "en"), (call.Temperature, call.Language));
        Assert.Equal(400, refusal.Status);
        Assert.Contains("not_audio", refusal.GetRawResponse()!.Content.ToString(), StringComparison.Ordinal);
    }

    private async Task<AudioTranscription> AskAsync(AudioTranscriptionFormat format) => (await Client.TranscribeAudioAsync(
        new MemoryStream(DialectServer.Speech()), "audio.wav", new AudioTranscriptionOptions { ResponseFormat = format })).Value;
}
