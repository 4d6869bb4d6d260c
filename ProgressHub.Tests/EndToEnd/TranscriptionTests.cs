using System.Net;
using System.Text.Json;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Transcription.Audio;

namespace ProgressHub.Tests.EndToEnd;

/// <summary>Recordings of a human voice through the real server over HTTP, heard by the real PocketSphinx.</summary>
public sealed class TranscriptionTests : IAsyncLifetime
{
    private ServerProcess _server = null!;

    private HttpClient Client => _server.Client;

    public async Task InitializeAsync() => _server = await ServerProcess.StartNewAsync(("Execution:MaxFruitlessInterruptions", "1000"));

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Every_wrapping_of_a_recording_gives_its_exact_words_in_every_form()
    {
        foreach (var (extension, codec) in new[] { ("wav", "pcm_s16le"), ("mp3", "libmp3lame"), ("ogg", "libvorbis"), ("m4a", "aac"), ("webm", "libopus") })
        {
            var id = await SubmitAsync(await AlsaSpeech.EncodeAsync(extension, "-c:a", codec), $"talk.{extension}", AlsaSpeech.Grammar);
            await using var stream = await EventStream.OpenAsync(Client, $"/api/jobs/{id}/events?after=0");
            var events = (await stream.RestAsync()).Select(item => (item.EventType, Json: JsonElement.Parse(item.Data))).ToList();
            var path = $"/api/jobs/{id}/result";

            Assert.Equal("succeeded", events[^1].Json.Text("state"));
            Assert.Equal(
                ["uploading", "preprocessing", "transcribing", "completed"],
                events.Where(e => e.EventType == "stage").Select(e => e.Json.Text("stage")));
            var fractions = events.Where(e => e.EventType == "progress" && e.Json.TryGetProperty("fraction", out _))
                .Select(e => e.Json.GetProperty("fraction").GetDouble()).ToList();
            Assert.Equal(fractions, fractions.Order());
            Assert.Equal(AlsaSpeech.Words, (await Client.GetStringAsync(path)).ReplaceLineEndings(" ").Trim());
            Assert.StartsWith("1\n00:00:0", await AskAsync(path, "application/x-subrip"), StringComparison.Ordinal);
            Assert.StartsWith("WEBVTT\n\n00:00:0", await AskAsync($"{path}?format=vtt", null), StringComparison.Ordinal);
            var json = JsonElement.Parse(await AskAsync(path, "application/json"));
            Assert.Equal(("pocketsphinx", "en", AlsaSpeech.Words), (json.Text("engine"), json.Text("language"), json.Text("text")));
            Assert.InRange(json.GetProperty("duration").GetDouble(), 11, 12);
            using var unknown = await Client.GetAsync($"{path}?format=docx");
            await unknown.IsProblemAsync(400, "invalid_parameter");
            using var picture = await Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", "image/png" } } });
            await picture.IsProblemAsync(406, "not_acceptable");
            using var download = await Client.GetAsync($"{path}?format=srt&download=true");
            Assert.Equal("talk.srt", download.Content.Headers.ContentDisposition?.FileName?.Trim('"'));

            var waveform = await Client.JsonAsync($"/api/jobs/{id}/files/waveform.json");
            Assert.Equal(1500, waveform.GetProperty("peaks").GetArrayLength());
            var audio = await Client.GetByteArrayAsync($"/api/jobs/{id}/files/audio.wav");
            Assert.Equal(json.GetProperty("duration").GetDouble(), SpeechAudio.Seconds(audio.Length), 0.01);
        }

        _server.AssertCalm();
    }

    [Fact]
    public async Task Of_half_an_hour_there_is_a_result_so_far_and_canceling_leaves_no_process()
    {
        var id = await SubmitAsync(Long(30), "long.wav", grammar: null);
        await HeardAsync(id, 1);
        var engines = ProcessTable.With(_server.DataDirectory).Where(p => p != _server.ProcessId).ToList();
        var soFar = await AskAsync($"/api/jobs/{id}/result?partial=true&format=srt", null);
        using var whole = await Client.GetAsync($"/api/jobs/{id}/result?format=srt");

        await Client.CancelAsync(id);
        var ended = await Client.EndAsync(id);

        Assert.NotEmpty(engines);
        Assert.StartsWith("1\n00:00:0", soFar, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, whole.StatusCode);
        Assert.Equal("canceled", ended.Text("state"));
        await Patience.UntilAsync(() => !engines.Exists(ProcessTable.IsAlive), "no engine is left");
        var fraction = ended.GetProperty("fraction").GetDouble();
        Assert.InRange(fraction, 0.03, 0.99);
        _server.AssertCalm();
    }

    [Fact]
    public async Task After_a_crash_it_goes_on_with_the_next_piece_and_does_not_convert_again()
    {
        var id = await SubmitAsync(Long(8), "long.wav", AlsaSpeech.Grammar);
        await HeardAsync(id, 3);
        await _server.KillAsync();
        await _server.StartAsync();
        var ended = await Client.EndAsync(id);

        Assert.Equal("succeeded", ended.Text("state"));
        var log = (await Client.LogAsync(id)).Select(e => JsonElement.Parse(e.Json)).ToList();
        var heard = log.Where(e => e.Text("type") == "partial").Select(e => e.GetProperty("index").GetInt32()).ToList();
        Assert.Equal(Enumerable.Range(0, heard.Count), heard);
        Assert.Equal(2, log.Count(e => e.Text("type") == "started"));
        Assert.Single(log, e => e.Text("type") == "log" && e.Text("message")!.Contains("read directly", StringComparison.Ordinal));
        Assert.Single(log, e => e.Text("type") == "log" && e.Text("message")!.Contains("Restored", StringComparison.Ordinal));
        var words = (await Client.GetStringAsync($"/api/jobs/{id}/result")).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(heard.Count * 16, words.Length);
        _server.AssertCalm();
    }

    [Fact]
    public async Task What_is_wrong_is_said_before_or_after_the_202_in_plain_words()
    {
        using var grammar = await PostAsync(AlsaSpeech.Joined(), "a.wav", "import <x.y>;");
        using var noFile = await Client.PostAsync("/api/jobs", WebServer.Json(new { kind = "transcription", input = new { engine = "pocketsphinx" } }));
        var id = await SubmitAsync("#EXTM3U\nfile:///etc/passwd\n"u8.ToArray(), "a.m3u8", AlsaSpeech.Grammar);
        var ended = await Client.EndAsync(id);
        using var form = await Client.GetAsync($"/api/jobs/{id}/result?format=docx&partial=true");

        Assert.Equal("invalid_grammar", JsonElement.Parse(await grammar.Content.ReadAsStringAsync()).Text("code"));
        Assert.True((int)noFile.StatusCode is 400 or 422, $"{noFile.StatusCode}");
        Assert.Equal("not_audio", ended.GetProperty("error").Text("code"));
        Assert.Equal(HttpStatusCode.NotFound, form.StatusCode);
    }

    [Fact]
    public async Task Engines_say_whether_they_are_ready_and_what_would_make_them()
    {
        var workload = (await Client.JsonAsync("/api/workloads")).GetProperty("workloads").EnumerateArray()
            .Single(w => w.Text("kind") == "transcription");
        var engines = workload.GetProperty("engines").EnumerateArray().ToDictionary(e => e.Text("id")!);

        Assert.True(engines["pocketsphinx"].GetProperty("ready").GetBoolean());
        Assert.Contains("rough", engines["pocketsphinx"].Text("label"), StringComparison.Ordinal);
        Assert.False(engines["openai"].GetProperty("ready").GetBoolean());
        Assert.Contains("Inference:OpenAI", engines["openai"].Text("hint"), StringComparison.Ordinal);
        Assert.Equal([0.01, 0.02, 0.96, 0.01], workload.GetProperty("stages").EnumerateArray().Select(s => Math.Round(s.GetProperty("weight").GetDouble(), 6)));
    }

    private static byte[] Long(double minutes)
    {
        var file = Path.GetTempFileName();
        AlsaSpeech.WriteLong(file, minutes);
        var bytes = File.ReadAllBytes(file);
        File.Delete(file);
        return bytes;
    }

    /// <summary>Waits until so many pieces are heard and the job still runs.</summary>
    private async Task HeardAsync(string id, int pieces)
    {
        for (long after = 0; ;)
        {
            var snapshot = await Client.JsonAsync($"/api/jobs/{id}?wait=20&after={after}");
            Assert.Contains(snapshot.Text("state"), (string[])["queued", "running"]);
            if (snapshot.GetProperty("partials").GetProperty("ok").GetInt32() >= pieces)
                return;
            after = snapshot.GetProperty("seq").GetInt64();
        }
    }

    private async Task<string> SubmitAsync(byte[] file, string name, string? grammar)
    {
        using var response = await PostAsync(file, name, grammar);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, $"{response.StatusCode}: {body}");
        return JsonElement.Parse(body).Id();
    }

    private async Task<HttpResponseMessage> PostAsync(byte[] file, string name, string? grammar)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("transcription"), "kind" },
            { new StringContent(JsonSerializer.Serialize(new { engine = "pocketsphinx", grammar })), "input" },
            { new ByteArrayContent(file), "file", name },
        };
        return await Client.PostAsync("/api/jobs", form);
    }

    private async Task<string> AskAsync(string path, string? accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null)
            request.Headers.Accept.ParseAdd(accept);
        using var response = await Client.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {response.StatusCode}: {body}");
        if (accept is not null)
            Assert.Equal(accept, response.Content.Headers.ContentType?.MediaType);
        return body;
    }
}
