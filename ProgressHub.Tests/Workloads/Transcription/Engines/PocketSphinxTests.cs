using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Transcription.Audio;
using ProgressHub.Workloads.Transcription.Engines;

namespace ProgressHub.Tests.Workloads.Transcription.Engines;

/// <summary>The real PocketSphinx, on recordings of a human voice (apt-get install pocketsphinx pocketsphinx-en-us alsa-utils).</summary>
public sealed class PocketSphinxTests
{
    private static readonly object Asked = new { engine = "pocketsphinx", grammar = AlsaSpeech.Grammar };

    [Theory]
    [InlineData("wav", "pcm_s16le")]
    [InlineData("mp3", "libmp3lame")]
    [InlineData("ogg", "libvorbis")]
    [InlineData("m4a", "aac")]
    [InlineData("webm", "libopus")]
    [InlineData("flac", "flac")]
    public async Task A_human_voice_is_understood_to_the_word_in_every_wrapping(string extension, string codec)
    {
        var file = await AlsaSpeech.EncodeAsync(extension, "-c:a", codec);
        await using var host = new TranscriptionHost();
        using var context = TranscriptionHost.Job(file, Asked, $"clip.{extension}");

        var transcript = await host.RunAsync(context);

        Assert.Equal(AlsaSpeech.Words, transcript.Text);
        Assert.Equal(("pocketsphinx", "en"), (transcript.Engine, transcript.Language));
        Assert.All(context.Partials, p => Assert.Equal(context.Partials.Count, p.Total));
        Assert.Equal(["audio.wav", "waveform.json"], context.Derived.Keys.Order());
        Assert.Equal(transcript.Duration, SpeechAudio.Seconds(context.Derived["audio.wav"].Length), 0.01);
    }

    [Fact]
    public async Task Half_an_hour_advances_steadily_and_each_piece_is_told_as_it_ends()
    {
        var file = Path.GetTempFileName();
        var times = AlsaSpeech.WriteLong(file, 30);
        await using var host = new TranscriptionHost();
        using var context = TranscriptionHost.Job(await File.ReadAllBytesAsync(file), Asked);
        File.Delete(file);

        var transcript = ProgressHub.Workloads.Transcription.Formats.Transcript.FromJson(
            (await host.Workload.RunAsync(context).WaitAsync(Patience.Limit * 10)).Result!.Body);

        Assert.True(transcript.Duration >= 1800);
        Assert.Equal(Enumerable.Range(0, context.Partials.Count), context.Partials.Select(p => p.Index));
        Assert.InRange(context.Partials.Count, 120, 400);
        var heard = context.Updates.Where(u => u.Message?.StartsWith("Heard", StringComparison.Ordinal) == true).Select(u => u.Current!.Value).ToList();
        Assert.Equal(heard, heard.Order());
        Assert.True(heard.Distinct().Count() >= context.Partials.Count);
        Assert.True(heard.Zip(heard.Skip(1)).Max(p => p.Second - p.First) <= 31, "It leaps.");
        Assert.Equal(string.Join(' ', Enumerable.Repeat(AlsaSpeech.Words, times)), transcript.Text);
    }

    [Fact]
    public async Task Canceling_half_an_hour_of_free_speech_leaves_no_process()
    {
        var file = Path.GetTempFileName();
        AlsaSpeech.WriteLong(file, 30);
        await using var host = new TranscriptionHost();
        using var context = TranscriptionHost.Job(await File.ReadAllBytesAsync(file), new { engine = "pocketsphinx" });
        File.Delete(file);
        var run = host.Workload.RunAsync(context);
        await Patience.UntilAsync(() => context.Partials.Count >= 1, "a piece is heard");
        Assert.NotEmpty(ProcessTable.With(context.WorkFolder));

        context.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        await Patience.UntilAsync(() => ProcessTable.With(context.WorkFolder).Count == 0, "no process is left");
    }

    [Fact]
    public async Task Pieces_that_an_earlier_attempt_heard_are_not_heard_again_and_nothing_is_converted_twice()
    {
        var file = Path.GetTempFileName();
        AlsaSpeech.WriteLong(file, 1);
        var audio = await File.ReadAllBytesAsync(file);
        File.Delete(file);
        // Without ffmpeg a second conversion would fail.
        await using var host = new TranscriptionHost(("Transcription:FFmpeg", "/nowhere/ffmpeg"));
        using var whole = TranscriptionHost.Job(audio, Asked);
        var expected = await host.RunAsync(whole);
        Assert.True(whole.Partials.Count >= 4);

        using var resumed = new FakeWorkloadContext(whole.Input)
        {
            Restored = { [0] = whole.Partials[0], [1] = whole.Partials[1] with { Text = "as it was" } },
            Checkpoint = whole.Checkpoint,
        };
        resumed.Upload(TranscriptionHost.FileId, "clip.mp3", "audio/mpeg", [.. "ID3"u8, 3, 0, 0, 0, 0, 0, 0, 0]);
        await using (var kept = File.OpenRead(whole.Derived["audio.wav"].Path))
            await resumed.AddFileAsync("audio.wav", "audio/wav", kept);
        var transcript = await host.RunAsync(resumed);

        Assert.Equal(whole.Partials.Skip(2).Select(p => (p.Index, p.Text)), resumed.Partials.Select(p => (p.Index, p.Text)));
        Assert.Equal(expected.Segments.Count, transcript.Segments.Count);
        Assert.Equal("as it was", transcript.Segments[1].Text);
        Assert.Contains("waveform.json", resumed.Derived.Keys);
    }

    [Fact]
    public async Task What_was_heard_for_another_order_is_not_mixed_in()
    {
        await using var host = new TranscriptionHost();
        using var context = new FakeWorkloadContext(new { file = TranscriptionHost.FileId, engine = "pocketsphinx", grammar = AlsaSpeech.Grammar })
        {
            Restored = { [0] = new SpeechSegment(0, null, 0, 11, "something else").ToPartial() },
            Checkpoint = [1, 2, 3],
        };
        context.Upload(TranscriptionHost.FileId, "clip.wav", "audio/wav", AlsaSpeech.Joined());

        Assert.Equal(AlsaSpeech.Words, (await host.RunAsync(context)).Text);
    }

    [Fact]
    public async Task Speech_that_fits_no_grammar_is_an_empty_piece_and_no_error()
    {
        await using var host = new TranscriptionHost();
        using var context = TranscriptionHost.Job(
            WavMaker.Sine(16_000, 1, 16, false, 1),
            new { engine = "pocketsphinx", grammar = string.Join(' ', Enumerable.Repeat("microphone", 20)) });

        var transcript = await host.RunAsync(context);

        Assert.Empty(transcript.Segments);
        Assert.NotEmpty(context.Partials);
        Assert.All(context.Partials, p => Assert.Equal("", p.Text));
        Assert.True(TranscriptionHost.HasWarned(context, "No speech"));
    }

    [Theory]
    [InlineData("u3 S 0 T -9 A -8 L -1 0 -5 0 <s> 3 -4 -7 front 47 -3 -5 <sil> 79 -3 -3 center 101 -1 -1 (NULL) 101", 3, "front 0.03-0.47 center 0.79-1.01")]
    [InlineData("u0 S 0 T 0 A 0 L 0", 0, "")]
    [InlineData("u12 S 0 T -1 A -1 L 0 0 -1 0 <s> 5 -1 0 </s> 9", 12, "")]
    [InlineData("u0 S 0 T -1 A -1 L 0 0 -1 0 [NOISE] 10 -1 0 a(2) 20 -1 0 ++BREATH++ 25 -1 -3 world 30", 0, "a 0.1-0.2 world 0.25-0.3")]
    public void A_line_is_a_piece_with_its_words_and_without_its_noises(string line, int index, string words)
    {
        var (read, spoken) = PocketSphinxLine.Read(line)!.Value;

        Assert.Equal((index, words), (read, string.Join(' ', spoken.Select(w => FormattableString.Invariant($"{w.Text} {w.Start}-{w.End}")))));
    }

    [Theory]
    [InlineData("INFO: something")]
    [InlineData("u S 0 T 0 A 0 L 0")]
    [InlineData("u1 S 0 T 0 A 0 L 0 x -1 -1 word 7")]
    [InlineData("")]
    public void Any_other_line_is_none(string line) => Assert.Null(PocketSphinxLine.Read(line));

    [Fact]
    public async Task Words_have_times_within_their_segment()
    {
        await using var host = new TranscriptionHost();
        using var context = TranscriptionHost.Job(AlsaSpeech.Joined(), new { engine = "pocketsphinx", grammar = AlsaSpeech.Grammar, task = "translate" });

        var transcript = await host.RunAsync(context);

        Assert.Equal(AlsaSpeech.Words, string.Join(' ', transcript.Segments.SelectMany(s => s.Words!).Select(w => w.Text)));
        Assert.All(transcript.Segments, s => Assert.All(s.Words!, w => Assert.True(s.Start <= w.Start && w.Start < w.End && w.End <= s.End + 0.01, $"{w} in {s.Start}-{s.End}")));
        var words = transcript.Segments.SelectMany(s => s.Words!).ToList();
        Assert.Equal(words.Select(w => w.Start), words.Select(w => w.Start).Order());
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task A_program_that_hears_nothing_at_all_has_failed_whatever_its_exit_code(string program)
    {
        await using var host = new TranscriptionHost(("Transcription:PocketSphinx", program));
        using var context = TranscriptionHost.Job(AlsaSpeech.Joined(), new { engine = "pocketsphinx" });

        Assert.Equal("engine_failed", (await host.FailAsync(context)).Code);
    }

    [Theory]
    [InlineData("de", null, null, "unsupported_language")]
    [InlineData(null, null, "Names", "unsupported_option")]
    [InlineData(null, "front (", null, "invalid_grammar")]
    [InlineData(null, "front zzqx", null, "invalid_grammar")]
    public async Task What_it_can_not_do_is_refused_before_a_job_is_accepted(string? language, string? grammar, string? prompt, string code)
    {
        await using var host = new TranscriptionHost();

        var refusal = await Assert.ThrowsAsync<WorkloadException>(() => host.PlanAsync(
            new { file = TranscriptionHost.FileId, engine = "pocketsphinx", language, grammar, prompt }).AsTask());

        Assert.Equal(code, refusal.Code);
    }

    [Fact]
    public async Task Where_it_is_not_installed_the_command_is_said()
    {
        await using var host = new TranscriptionHost(("Transcription:PocketSphinx", "/nowhere/pocketsphinx_batch"));

        var status = (await host.Workload.GetEnginesAsync(CancellationToken.None)).Single(e => e.Id == "pocketsphinx");
        var refusal = await Assert.ThrowsAsync<WorkloadException>(
            () => host.PlanAsync(new { file = TranscriptionHost.FileId, engine = "pocketsphinx" }).AsTask());

        Assert.Equal("apt-get install pocketsphinx pocketsphinx-en-us", status.Hint);
        Assert.Equal("engine_unavailable", refusal.Code);
    }
}
