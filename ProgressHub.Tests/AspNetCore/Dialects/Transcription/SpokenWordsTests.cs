using System.Net;
using System.Text.Json;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Dialects.Transcription;

/// <summary>Words, speakers, translations and fields of other names, heard by the real PocketSphinx.</summary>
public sealed class SpokenWordsTests(DialectServer server) : IClassFixture<DialectServer>
{
    [Fact]
    public async Task Words_are_told_where_they_are_asked_for()
    {
        var verbose = JsonElement.Parse(await AskAsync(
            "/v1/audio/transcriptions", ("response_format", "verbose_json"), ("timestamp_granularities[]", "word"), ("timestamp_granularities[]", "segment")));
        var only = JsonElement.Parse(await AskAsync("/v1/audio/transcriptions", ("response_format", "verbose_json"), ("timestamp_granularities[]", "word")));
        var without = JsonElement.Parse(await AskAsync("/v1/audio/transcriptions", ("response_format", "verbose_json")));
        var plain = JsonElement.Parse(await AskAsync("/transcribe"));

        var words = verbose.GetProperty("words").EnumerateArray().ToList();
        Assert.NotEmpty(words);
        Assert.Equal(verbose.Text("text"), string.Join(' ', words.Select(w => w.Text("word"))));
        Assert.All(words, w => Assert.True(w.GetProperty("start").GetDouble() < w.GetProperty("end").GetDouble()));
        Assert.NotEmpty(verbose.GetProperty("segments").EnumerateArray());
        Assert.True(only.TryGetProperty("words", out _));
        Assert.False(only.TryGetProperty("segments", out _));
        Assert.False(without.TryGetProperty("words", out _));
        Assert.True(plain.GetProperty("segments")[0].TryGetProperty("words", out _));
    }

    [Fact]
    public async Task Subtitles_are_made_word_by_word_on_request()
    {
        var whole = await AskAsync("/v1/audio/transcriptions", ("response_format", "srt"));
        var apart = await AskAsync("/v1/audio/transcriptions", ("response_format", "srt"), ("timestamp_granularities[]", "word"));
        var vtt = await AskAsync("/v1/audio/transcriptions", ("response_format", "vtt"), ("timestamp_granularities[]", "word"));

        var words = whole.Split('\n')[2].Split(' ').Length;
        Assert.True(words > 1, whole);
        Assert.Equal(words, apart.Split(" --> ").Length - 1);
        Assert.StartsWith("WEBVTT", vtt, StringComparison.Ordinal);
        Assert.Equal(words, vtt.Split(" --> ").Length - 1);
    }

    [Fact]
    public async Task OpenAIs_translation_is_english_and_says_so()
    {
        var translated = JsonElement.Parse(await AskAsync("/v1/audio/translations", ("response_format", "verbose_json")));

        Assert.Equal("translate", translated.Text("task"));
        Assert.Contains("center", translated.Text("text"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("channels", "separate")]
    [InlineData("diarize", "true")]
    public async Task A_call_is_told_with_who_speaks(string field, string value)
    {
        var pause = new double[3 * AlsaSpeech.Rate];
        double[] left = AlsaSpeech.One("Front_Center"), right = AlsaSpeech.One("Rear_Left");
        double[] first = [.. left, .. pause, .. new double[right.Length]];
        double[] second = [.. new double[left.Length], .. pause, .. right];
        var call = WavMaker.Stereo(AlsaSpeech.Rate, first, (i, sample) => (sample, second[i]));

        var verbose = JsonElement.Parse(await AskAsync("/v1/audio/transcriptions", call, ("response_format", "verbose_json"), (field, value)));
        var text = await AskAsync("/v1/audio/transcriptions", call, ("response_format", "text"), (field, value));

        Assert.Equal(["Speaker 1", "Speaker 2"], verbose.GetProperty("segments").EnumerateArray().Select(s => s.Text("speaker")));
        Assert.Equal([1, 2], verbose.GetProperty("segments").EnumerateArray().Select(s => s.GetProperty("channel").GetInt32()));
        Assert.Equal(["Speaker 1:", "Speaker 2:"], text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[..10]));
    }

    [Theory]
    [InlineData("audio_file")]
    [InlineData("audio")]
    [InlineData("recording")]
    public async Task A_file_is_taken_by_whatever_name_its_field_has(string field)
    {
        foreach (var path in new[] { "/transcribe", "/v1/audio/transcriptions" })
        {
            using var form = new MultipartFormDataContent
            {
                { new StringContent("pocketsphinx"), "model" }, { new ByteArrayContent(Speech), field, "talk.wav" },
            };
            using var response = await server.Client.PostAsync(path, form);

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact]
    public async Task Without_a_file_it_is_said_what_its_field_is_called()
    {
        using var form = new MultipartFormDataContent { { new StringContent("pocketsphinx"), "model" } };
        using var response = await server.Client.PostAsync("/v1/audio/transcriptions", form);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("'file'", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static byte[] Speech => WavMaker.Of(AlsaSpeech.Rate, 1, 16, false, false, AlsaSpeech.One("Front_Center"));

    private Task<string> AskAsync(string path, params (string Name, string Value)[] fields) => AskAsync(path, Speech, fields);

    private async Task<string> AskAsync(string path, byte[] file, params (string Name, string Value)[] fields)
    {
        using var response = await server.BeginAsync(path, DialectServer.Form(file, [("model", "pocketsphinx"), .. fields]));
        var said = await response.Content.ReadAsStringAsync().Soon();
        Assert.True(response.IsSuccessStatusCode, said);
        return said;
    }
}
