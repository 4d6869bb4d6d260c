using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Transcription.Audio;

namespace ProgressHub.Tests.Workloads.Transcription.Audio;

/// <summary>Every kind of file on its way to the engines, through the workload with the real PocketSphinx and ffmpeg.</summary>
public sealed class AudioPreparationTests
{
    private static readonly object Asked = new { engine = "pocketsphinx", grammar = AlsaSpeech.Grammar };

    [Theory]
    [InlineData(48_000, 1, 8, false)]
    [InlineData(48_000, 1, 24, false)]
    [InlineData(48_000, 1, 32, true)]
    [InlineData(48_000, 2, 16, false)]
    [InlineData(48_000, 6, 16, false)]
    [InlineData(96_000, 2, 24, false)]
    [InlineData(44_100, 1, 16, false)]
    public async Task Plain_WAV_of_every_kind_is_understood_without_ffmpeg(int rate, int channels, int bits, bool floating)
    {
        await using var host = new TranscriptionHost(("Transcription:FFmpeg", "/nowhere/ffmpeg"));
        using var context = TranscriptionHost.Job(Speech(rate, channels, bits, floating), Asked);

        Assert.Equal(AlsaSpeech.Words, (await host.RunAsync(context)).Text);
    }

    [Fact]
    public async Task Telephone_quality_keeps_its_length()
    {
        await using var host = new TranscriptionHost();
        using var context = TranscriptionHost.Job(Speech(8000, 1, 16, false), Asked);

        var transcript = await host.RunAsync(context);

        Assert.Equal(SpeechAudio.Seconds(AlsaSpeech.Joined().Length) / 3, transcript.Duration, 0.05);
        Assert.NotEmpty(transcript.Segments);
    }

    [Fact]
    public async Task A_truncated_WAV_gives_what_it_has_with_a_warning()
    {
        await using var host = new TranscriptionHost();
        var joined = AlsaSpeech.Joined();
        using var context = TranscriptionHost.Job(joined[..(joined.Length / 2)], Asked);

        Assert.StartsWith("front center front left", (await host.RunAsync(context)).Text, StringComparison.Ordinal);
        Assert.True(TranscriptionHost.HasWarned(context, "breaks off"));
    }

    [Fact]
    public async Task A_truncated_M4A_is_refused_and_a_truncated_FLAC_gives_what_it_has_with_a_warning()
    {
        await using var host = new TranscriptionHost();
        var (m4a, flac) = (await AlsaSpeech.EncodeAsync("m4a"), await AlsaSpeech.EncodeAsync("flac"));
        using var none = TranscriptionHost.Job(m4a[..(m4a.Length / 2)], Asked);
        using var half = TranscriptionHost.Job(flac[..(flac.Length / 2)], Asked);

        // The table of an M4A stands at its end.
        Assert.Equal("not_audio", (await host.FailAsync(none)).Code);
        Assert.StartsWith("front center", (await host.RunAsync(half)).Text, StringComparison.Ordinal);
        Assert.True(TranscriptionHost.HasWarned(half, "breaks off"));
    }

    [Fact]
    public async Task Silence_has_no_words_and_is_no_error()
    {
        await using var host = new TranscriptionHost();
        using var context = TranscriptionHost.Job(WavMaker.Mono16(new double[48_000]), Asked);

        var transcript = await host.RunAsync(context);

        Assert.Empty(transcript.Segments);
        Assert.Equal(3, transcript.Duration);
        Assert.True(TranscriptionHost.HasWarned(context, "No speech"));
    }

    [Fact]
    public async Task Empty_files_and_WAVs_without_a_sample_are_empty_audio()
    {
        await using var host = new TranscriptionHost();
        using var nothing = TranscriptionHost.Job([], Asked);
        using var header = TranscriptionHost.Job(WavMaker.Mono16(), Asked);

        Assert.Equal("empty_audio", (await host.FailAsync(nothing)).Code);
        Assert.Equal("empty_audio", (await host.FailAsync(header)).Code);
    }

    [Theory]
    [InlineData("Just words.")]
    [InlineData("#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n")]
    [InlineData("#EXTM3U\nhttp://127.0.0.1:1/x.mp3\n")]
    [InlineData("ffconcat version 1.0\nfile '/usr/share/sounds/alsa/Front_Center.wav'\n")]
    [InlineData("RIFF")]
    [InlineData("OggS but not really")]
    [InlineData("fLaC but not really")]
    [InlineData("\0\0\0\u0018ftypM4A but not really")]
    public async Task What_is_no_audio_is_refused_in_plain_words(string text)
    {
        await using var host = new TranscriptionHost();
        using var context = TranscriptionHost.Job(Encoding.Latin1.GetBytes(text), Asked);

        var fault = await host.FailAsync(context);

        Assert.Equal("not_audio", fault.Code);
        Assert.DoesNotContain("/", fault.Message, StringComparison.Ordinal);
        Assert.Empty(context.Derived);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ID3\u0003\0\0\0\0\0\0")]
    [InlineData("OggS")]
    [InlineData("RIFF\u00ff\u00ff\0\0WAVEfmt \u0010\0\0\0\u0055\0\u0001\0data")]
    [InlineData("\0\0\0\u0018ftypM4A ")]
    [InlineData("\u001a\u0045\u00df\u00a3webm")]
    [InlineData("G")]
    public async Task A_playlist_in_whatever_clothes_opens_neither_address_nor_file(string clothes)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var host = new TranscriptionHost();
        using var context = TranscriptionHost.Job(
            Encoding.Latin1.GetBytes(
                $"{clothes}#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nhttp://127.0.0.1:{port}/a.mp3\n#EXTINF:5,\n"
                + $"file://{AlsaSpeech.Folder}/Front_Center.wav\n#EXT-X-ENDLIST\n"),
            Asked);

        Assert.Equal("not_audio", (await host.FailAsync(context)).Code);
        Assert.False(listener.Pending());
        Assert.Empty(context.Derived);
    }

    [Fact]
    public async Task Video_without_sound_is_not_audio()
    {
        await using var host = new TranscriptionHost();
        var folder = Directory.CreateTempSubdirectory("progresshub-video-").FullName;
        await CommandRun.SucceedAsync(
            "ffmpeg", ["-nostdin", "-v", "error", "-f", "lavfi", "-i", "color=size=64x64:rate=5:duration=1", "v.mp4"], folder, Patience.Limit);
        using var context = TranscriptionHost.Job(await File.ReadAllBytesAsync(Path.Combine(folder, "v.mp4")), Asked);
        Directory.Delete(folder, recursive: true);

        Assert.Equal("not_audio", (await host.FailAsync(context)).Code);
    }

    [Fact]
    public async Task Audio_beyond_the_limit_is_refused_before_and_after_conversion()
    {
        await using var host = new TranscriptionHost(("Transcription:MaxAudioMinutes", "1"));
        var wav = WavMaker.Sine(8000, 1, 8, false, 61);
        using var plain = TranscriptionHost.Job(wav, Asked);
        // An MP3 in a stream says nothing of its length.
        var folder = Directory.CreateTempSubdirectory("progresshub-long-").FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, "in.wav"), wav);
        await CommandRun.SucceedAsync("ffmpeg", ["-nostdin", "-v", "error", "-i", "in.wav", "-f", "adts", "out.aac"], folder, Patience.Limit);
        using var stream = TranscriptionHost.Job(await File.ReadAllBytesAsync(Path.Combine(folder, "out.aac")), Asked);
        Directory.Delete(folder, recursive: true);

        Assert.Equal("audio_too_long", (await host.FailAsync(plain)).Code);
        Assert.Equal("audio_too_long", (await host.FailAsync(stream)).Code);
    }

    [Fact]
    public async Task Without_ffmpeg_the_command_that_installs_it_is_said()
    {
        await using var host = new TranscriptionHost(("Transcription:FFmpeg", "/nowhere/ffmpeg"));
        using var context = TranscriptionHost.Job(await AlsaSpeech.EncodeAsync("mp3"), Asked);

        var fault = await host.FailAsync(context);
        var engines = await host.Workload.GetEnginesAsync(CancellationToken.None);

        Assert.Equal("ffmpeg_missing", fault.Code);
        Assert.Contains("apt-get install ffmpeg", fault.Message, StringComparison.Ordinal);
        Assert.Contains("ffmpeg", engines.Single(e => e.Id == "pocketsphinx").Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mp3", null)]
    [InlineData("aiff", "audio.wav")]
    public async Task The_waveform_has_peaks_for_the_whole_and_says_what_plays(string extension, string? playable)
    {
        await using var host = new TranscriptionHost();
        using var context = TranscriptionHost.Job(await AlsaSpeech.EncodeAsync(extension), Asked);
        var transcript = await host.RunAsync(context);

        var waveform = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllBytesAsync(context.Derived["waveform.json"].Path));
        var peaks = waveform.GetProperty("peaks").EnumerateArray().Select(p => p.GetDouble()).ToList();
        Assert.Equal(1500, peaks.Count);
        Assert.All(peaks, p => Assert.InRange(p, 0, 1));
        Assert.True(peaks.Max() > 0.05);
        Assert.Equal(transcript.Duration, waveform.GetProperty("duration").GetDouble(), 0.01);
        Assert.Equal(playable, waveform.GetProperty("playable").GetString());
    }

    [Fact]
    public async Task Conversion_reports_how_far_it_is()
    {
        await using var host = new TranscriptionHost();
        using var context = TranscriptionHost.Job(await AlsaSpeech.EncodeAsync("mp3"), Asked);
        await host.RunAsync(context);

        var converting = context.Updates.Where(u => u.Message == "Converting").ToList();
        Assert.NotEmpty(converting);
        Assert.All(converting, u => Assert.InRange(u.StageFraction!.Value, 0, 0.8));
    }

    [Theory]
    [InlineData("out_time_us=1500000", 1.5)]
    [InlineData("out_time_us=-9223372036854775807", null)]
    [InlineData("out_time_us=N/A", null)]
    [InlineData("out_time_ms=1500000", null)]
    [InlineData("progress=end", null)]
    public void Progress_lines_of_ffmpeg_are_seconds(string line, double? seconds) => Assert.Equal(seconds, FFmpeg.ReadProgress(line));

    [Theory]
    [InlineData("""{"format":{"duration":"12.345000"}}""", 12.345)]
    [InlineData("""{"format":{}}""", null)]
    [InlineData("""{"format":{"duration":"N/A"}}""", null)]
    [InlineData("", null)]
    [InlineData("[]", null)]
    public void Durations_of_ffprobe_are_seconds(string json, double? seconds) => Assert.Equal(seconds, FFmpeg.ReadDuration(json));

    // The joined recordings at another rate, in several channels and another width.
    private static byte[] Speech(int rate, int channels, int bits, bool floating)
    {
        var reader = WavReader.Open(new MemoryStream(AlsaSpeech.Joined()))!;
        var resampler = new Resampler(48_000, rate);
        List<double> samples = [];
        while (reader.Read() is { Length: > 0 } block)
        {
            foreach (var sample in rate == 48_000 ? block : resampler.Push(block))
                samples.Add(sample);
        }

        return WavMaker.Of(rate, channels, bits, floating, extensible: channels > 2, [.. samples]);
    }
}
