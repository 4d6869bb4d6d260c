using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Transcription.Audio;
using ProgressHub.Workloads.Transcription.Formats;

namespace ProgressHub.Tests.Workloads.Transcription.Audio;

/// <summary>Recordings of two channels, through the workload with the real PocketSphinx and ffmpeg.</summary>
public sealed class ChannelTests
{
    private static readonly object Together = new { engine = "pocketsphinx", grammar = AlsaSpeech.Grammar };
    private static readonly object Apart = new { engine = "pocketsphinx", grammar = AlsaSpeech.Grammar, channels = "separate" };

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    [InlineData(1, -1)]
    [InlineData(-0.6, 1)]
    [InlineData(1, -0.9)]
    public async Task What_is_said_is_heard_however_the_channels_relate(double left, double right)
    {
        await using var host = new TranscriptionHost();
        using var context = TranscriptionHost.Job(WavMaker.Stereo(AlsaSpeech.Rate, AlsaSpeech.All(), left, right), Together);

        Assert.Equal(AlsaSpeech.Words, (await host.RunAsync(context)).Text);
    }

    [Fact]
    public async Task Channels_in_opposite_phase_are_heard_through_ffmpeg_too()
    {
        await using var host = new TranscriptionHost();
        var flac = await AlsaSpeech.EncodeAsync(WavMaker.Stereo(AlsaSpeech.Rate, AlsaSpeech.All(), 1, -1), "flac");
        using var context = TranscriptionHost.Job(flac, Together, "call.flac");

        Assert.Equal(AlsaSpeech.Words, (await host.RunAsync(context)).Text);
    }

    [Theory]
    [InlineData(0.0, 0.0, 1f, 1f, 0.5f, 0.5f)]
    [InlineData(0.0, 0.0, 1f, -1f, 0.5f, -0.5f)]
    [InlineData(0.2, 0.2, 1f, -1f, 0.5f, -0.5f)]
    [InlineData(0.0, 0.0, 0.3f, -1f, 0.5f, 0.5f)]
    public void The_mix_is_the_mean_unless_that_loses_something(double leftOffset, double rightOffset, float left, float right, float first, float second)
    {
        double[] tone = [.. Enumerable.Range(0, 16_000).Select(i => 0.3 * Math.Sin(2 * Math.PI * 300 * i / 16_000))];
        using var wav = new MemoryStream(WavMaker.Stereo(16_000, tone, left, right, leftOffset, rightOffset));

        Assert.Equal([first, second], ChannelSurvey.Of(WavReader.Open(wav)!, CancellationToken.None).Weights);
    }

    [Fact]
    public void Where_only_a_part_is_in_opposite_phase_one_channel_is_taken()
    {
        double[] tone = [.. Enumerable.Range(0, 32_000).Select(i => 0.3 * Math.Sin(2 * Math.PI * 300 * i / 16_000))];
        using var wav = new MemoryStream(WavMaker.Stereo(16_000, tone, (i, s) => (s, i < 16_000 ? s : -s)));

        Assert.Equal([1, 0], ChannelSurvey.Of(WavReader.Open(wav)!, CancellationToken.None).Weights);
    }

    [Theory]
    [InlineData(1.0, -1.0, 0.0)]
    [InlineData(0.0, 1.0, -1.0, 0.0)]
    [InlineData(1.0, -0.5, -0.5)]
    public void Of_several_that_cancel_each_other_out_one_is_taken(params double[] gains)
    {
        double[] tone = [.. Enumerable.Range(0, 16_000).Select(i => 0.3 * Math.Sin(2 * Math.PI * 300 * i / 16_000))];
        using var wav = new MemoryStream(WavMaker.Channels(16_000, tone, gains));

        var survey = ChannelSurvey.Of(WavReader.Open(wav)!, CancellationToken.None);

        Assert.Equal(gains.Select(gain => gain == 1.0 ? 1f : 0f), survey.Weights);
        Assert.False(survey.IsUsual);
    }

    [Theory]
    [InlineData(1.0, 0.0, 0.0)]
    [InlineData(0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0)]
    [InlineData(1.0, 1.0, 1.0, 1.0)]
    public void Several_of_which_one_is_spoken_into_are_mixed_as_usual(params double[] gains)
    {
        double[] tone = [.. Enumerable.Range(0, 16_000).Select(i => 0.3 * Math.Sin(2 * Math.PI * 300 * i / 16_000))];
        using var wav = new MemoryStream(WavMaker.Channels(16_000, tone, gains));

        Assert.True(ChannelSurvey.Of(WavReader.Open(wav)!, CancellationToken.None).IsUsual);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_is_heard_channel_by_channel_and_told_in_the_order_of_time(bool compressed)
    {
        await using var host = new TranscriptionHost();
        using var context = TranscriptionHost.Job(await CallAsync(compressed), Apart, compressed ? "call.flac" : "call.wav");

        var transcript = await host.RunAsync(context);

        Assert.Equal(
            [(1, "Speaker 1", "front center"), (2, "Speaker 2", "rear left"), (1, "Speaker 1", "side right")],
            transcript.Segments.Select(s => (s.Channel!.Value, s.Speaker, s.Text)));
        Assert.Equal("Speaker 1: front center\nSpeaker 2: rear left\nSpeaker 1: side right\n", TranscriptForms.Write(transcript, "text"));
        Assert.Contains("\nSpeaker 2: rear left\n", TranscriptForms.Write(transcript, "srt"), StringComparison.Ordinal);
        Assert.Contains("\n<v Speaker 2>rear left\n", TranscriptForms.Write(transcript, "vtt"), StringComparison.Ordinal);
        Assert.Equal(transcript.ToJson(), Transcript.FromJson(transcript.ToJson()).ToJson());
        Assert.Equal(context.Partials.Count, context.Partials.Select(p => p.Index).Distinct().Count());
        Assert.All(context.Partials, p => Assert.True(p.Data!.Value.TryGetProperty("channel", out _)));
    }

    [Fact]
    public async Task An_attempt_after_a_crash_hears_no_channel_twice()
    {
        await using var host = new TranscriptionHost();
        using var first = TranscriptionHost.Job(await CallAsync(compressed: false), Apart);
        await host.RunAsync(first);
        using var second = TranscriptionHost.Job(await CallAsync(compressed: false), Apart);
        foreach (var partial in first.Partials)
            second.Restored[partial.Index] = partial;

        var transcript = await host.RunAsync(second);

        Assert.Empty(second.Partials);
        Assert.Equal(3, transcript.Segments.Count);
    }

    [Fact]
    public async Task Channels_that_say_the_same_are_heard_once()
    {
        await using var host = new TranscriptionHost();
        using var stereo = TranscriptionHost.Job(WavMaker.Stereo(AlsaSpeech.Rate, AlsaSpeech.All(), 1, 1), Apart);
        using var mono = TranscriptionHost.Job(AlsaSpeech.Joined(), Apart);

        Assert.Equal(AlsaSpeech.Words, (await host.RunAsync(stereo)).Text);
        Assert.True(TranscriptionHost.HasWarned(stereo, "All channels are the same"));
        Assert.Equal(AlsaSpeech.Words, (await host.RunAsync(mono)).Text);
        Assert.True(TranscriptionHost.HasWarned(mono, "one channel"));
    }

    // Neither a constant voltage nor the hiss of a device is speech.
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.3, 0)]
    [InlineData(0, 0.002)]
    [InlineData(0.1, 0.003)]
    public async Task Near_silence_is_told_to_be_silent(double offset, double noise)
    {
        var random = new Random(7);
        await using var host = new TranscriptionHost();
        using var context = TranscriptionHost.Job(
            WavMaker.Mono16([.. Enumerable.Range(0, 64_000).Select(_ => offset + (noise * ((2 * random.NextDouble()) - 1)))]), new { engine = "pocketsphinx" });

        Assert.Empty((await host.RunAsync(context)).Segments);
        Assert.True(TranscriptionHost.HasWarned(context, "the recording is silent"));
    }

    private static async Task<byte[]> CallAsync(bool compressed)
    {
        var pause = new double[3 * AlsaSpeech.Rate];
        double[] first = AlsaSpeech.One("Front_Center"), second = AlsaSpeech.One("Rear_Left"), third = AlsaSpeech.One("Side_Right");
        double[] left = [.. first, .. pause, .. new double[second.Length], .. pause, .. third];
        double[] right = [.. new double[first.Length], .. pause, .. second, .. pause, .. new double[third.Length]];
        var wav = WavMaker.Stereo(AlsaSpeech.Rate, left, (i, s) => (s, right[i]));
        return compressed ? await AlsaSpeech.EncodeAsync(wav, "flac") : wav;
    }
}
