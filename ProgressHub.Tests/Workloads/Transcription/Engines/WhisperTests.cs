using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Transcription.Engines;

namespace ProgressHub.Tests.Workloads.Transcription.Engines;

/// <summary>What lies around Whisper's worker, with a stand-in for that.</summary>
public sealed class WhisperTests : IDisposable
{
    private static readonly object[] Spoken =
    [
        new object[] { 0, 2000, " The quick brown fox jumps." }, new object[] { 2000, 4500, " Over the lazy dog." },
        new object[] { 4500, 6000, " [BLANK_AUDIO]" },
    ];

    private readonly WhisperStandIn _whisper = new();

    public void Dispose() => _whisper.Dispose();

    [Fact]
    public async Task Segments_come_one_by_one_with_their_times()
    {
        _whisper.Model("base", new { segments = Spoken, delay = 0.2 });
        await using var host = _whisper.Host();
        using var context = Sound(6, new { language = "en-GB", prompt = "Fox; $(touch x) \"Dog\"", temperature = 0.5, task = "translate" });

        var transcript = await host.RunAsync(context);

        Assert.Equal(["uploading", "preprocessing", "transcribing", "completed"], context.StageNames);
        Assert.Equal(["The quick brown fox jumps.", "Over the lazy dog.", ""], context.Partials.Select(p => p.Text));
        Assert.Equal([0, 1, 2], context.Partials.Select(p => p.Index));
        Assert.All(context.Partials, p => Assert.Null(p.Total));
        Assert.Equal(4.5, context.Partials[1].Data!.Value.GetProperty("end").GetDouble());
        Assert.Equal("The quick brown fox jumps. Over the lazy dog.", transcript.Text);
        Assert.Equal(("whisper", "en", 6.0, 2), (transcript.Engine, transcript.Language, transcript.Duration, transcript.Segments.Count));
        Assert.True(transcript.IsTranslated);
        var call = Assert.Single(_whisper.Calls);
        Assert.Equal(("en", "Fox; $(touch x) \"Dog\"", 0.5f, true), (call.Language, call.Prompt, call.Temperature, call.Translates));
    }

    [Fact]
    public async Task Progress_follows_what_it_tells_and_never_falls()
    {
        _whisper.Model("base", new { segments = Spoken[..2], reached = new[] { 60, 30, 90 } });
        await using var host = _whisper.Host();
        using var context = Sound(120, new { });

        await host.RunAsync(context);

        var heard = context.Updates.Where(u => u.Message?.StartsWith("Heard", StringComparison.Ordinal) == true).ToList();
        Assert.Equal(heard.Select(u => u.Current), heard.Select(u => u.Current).Order());
        Assert.Contains(heard, u => u.Current == 60);
        Assert.Contains(heard, u => u.Current == 90);
        Assert.All(heard, u => Assert.Equal(120, u.Total));
        Assert.Equal(120, heard[^1].Current);
    }

    [Fact]
    public async Task Times_beyond_the_end_of_the_audio_are_brought_back_to_it()
    {
        _whisper.Model("base", new { segments = new[] { new object[] { 0, 30_000, " Hello." } } });
        await using var host = _whisper.Host();
        using var context = Sound(2, new { });

        Assert.Equal(2, Assert.Single((await host.RunAsync(context)).Segments).End);
    }

    [Fact]
    public async Task An_attempt_after_a_crash_hears_only_what_is_left()
    {
        _whisper.Model("base", new { segments = new[] { new object[] { 4500, 7000, " dog." } } });
        await using var host = _whisper.Host();
        using var first = Sound(10, new { });
        using var context = new FakeWorkloadContext(first.Input)
        {
            Restored = { [0] = new SpeechSegment(0, null, 0, 4, "The lazy").ToPartial() },
        };
        context.Upload(TranscriptionHost.FileId, "a.wav", "audio/wav", WavMaker.Sine(16_000, 1, 16, false, 10));

        var transcript = await host.RunAsync(context);

        var call = Assert.Single(_whisper.Calls);
        Assert.Equal((4, 10), (call.Start, call.End));
        var told = Assert.Single(context.Partials);
        Assert.Equal((1, 4.5, 7.0), (told.Index, told.Data!.Value.GetProperty("start").GetDouble(), told.Data.Value.GetProperty("end").GetDouble()));
        Assert.Equal("The lazy dog.", transcript.Text);
    }

    [Fact]
    public async Task Canceling_leaves_neither_it_nor_what_it_started()
    {
        _whisper.Model("base", new { segments = Spoken, hang = true, child = true });
        await using var host = _whisper.Host();
        using var context = Sound(6, new { });
        var run = host.Workload.RunAsync(context);
        var child = await _whisper.ChildAsync();
        await Patience.UntilAsync(() => context.Partials.Count == 3, "all is heard");

        context.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        await Patience.UntilAsync(() => !ProcessTable.IsAlive(child), "what it started is gone");
        await Patience.UntilAsync(() => ProcessTable.With(_whisper.Path).Count == 0, "it is gone");
    }

    // What ends before anything was heard is laid to the model, and what ends later is not.
    [Theory]
    [InlineData("""{"loads":false,"kill":8}""", "model_unusable")]
    [InlineData("""{"loads":false,"kill":6,"stderr":"GGML_ASSERT(n_dims > 0) failed"}""", "model_unusable")]
    [InlineData("""{"loads":false,"kill":6,"stderr":"std::bad_alloc"}""", "model_unusable")]
    [InlineData("""{"kill":11}""", "model_unusable")]
    [InlineData("""{"loads":false,"hang":1}""", "model_unusable")]
    [InlineData("""{"segments":[[0,500,"Hello"]],"kill":9}""", "engine_failed")]
    [InlineData("""{"segments":[[0,500,"Hello"]],"kill":6,"stderr":"std::bad_alloc"}""", "engine_failed")]
    [InlineData("""{"segments":[[0,500,"Hello"]],"exit":3}""", "engine_failed")]
    [InlineData("""{"segments":[[0,500,"Hello"]],"hang":1}""", "engine_failed")]
    [InlineData("""{"segments":[[0,500,"Hello"]],"garbage":1}""", "engine_failed")]
    public async Task Every_way_to_fail_is_one_clear_error_and_leaves_no_process(string script, string code)
    {
        File.WriteAllText(Path.Combine(_whisper.Folder, "ggml-base.bin"), script);
        await using var host = new TranscriptionHost(
            ("Workers:Program", _whisper.Path), ("Transcription:ModelsDirectory", _whisper.Folder), ("Transcription:DefaultEngine", "whisper"),
            ("Transcription:WhisperLoadTimeout", script.Contains("hang", StringComparison.Ordinal) ? "00:00:05" : "00:01:00"),
            ("Transcription:WhisperSilenceTimeout", script.Contains("hang", StringComparison.Ordinal) ? "00:00:05" : "00:01:00"));
        using var context = Sound(1, new { });

        var fault = await host.FailAsync(context);

        Assert.Equal(code, fault.Code);
        Assert.False(fault.IsTransient);
        Assert.DoesNotContain(_whisper.Folder, fault.Message, StringComparison.Ordinal);
        Assert.Equal(code == "model_unusable", fault.Message.Contains("ggml-base.bin", StringComparison.Ordinal));
        Assert.Equal(script.Contains("Hello", StringComparison.Ordinal) ? 1 : 0, context.Partials.Count);
        await Patience.UntilAsync(() => ProcessTable.With(_whisper.Path).Count == 0, "its process is gone");
    }

    [Fact]
    public async Task A_program_that_is_no_worker_makes_it_unavailable()
    {
        _whisper.Model("base", new { });
        await using var host = new TranscriptionHost(
            ("Workers:Program", "/bin/true"), ("Transcription:ModelsDirectory", _whisper.Folder), ("Transcription:DefaultEngine", "whisper"));
        using var context = Sound(1, new { });

        Assert.Equal("engine_unavailable", (await host.FailAsync(context)).Code);
    }

    [Fact]
    public async Task Silence_is_not_given_to_it()
    {
        _whisper.Model("base", new { segments = Spoken });
        await using var host = _whisper.Host();
        using var silent = TranscriptionHost.Job(WavMaker.Mono16(new double[48_000]), new { });
        using var tooLittle = Sound(0.05, new { });

        Assert.Empty((await host.RunAsync(silent)).Segments);
        Assert.Empty((await host.RunAsync(tooLittle)).Segments);
        Assert.True(TranscriptionHost.HasWarned(silent, "the recording is silent"));
        Assert.Empty(Directory.GetFiles(_whisper.Folder, "calls.jsonl"));
    }

    [Fact]
    public async Task Models_are_found_by_name_and_a_missing_one_says_where_to_get_it()
    {
        _whisper.Model("base.en", new { });
        _whisper.Model("small-q5_1", new { });
        _whisper.Model("small-q8_0", new { is_larger = true });
        await using var host = _whisper.Host();

        await host.PlanAsync(new { file = TranscriptionHost.FileId, model = "small" });
        await host.PlanAsync(new { file = TranscriptionHost.FileId, model = "ggml-base.en.bin" });
        var missing = await Assert.ThrowsAsync<WorkloadException>(() => host.PlanAsync(new { file = TranscriptionHost.FileId, model = "large" }).AsTask());
        var outside = await Assert.ThrowsAsync<WorkloadException>(() => host.PlanAsync(new { file = TranscriptionHost.FileId, model = _whisper.Path }).AsTask());
        var german = await Assert.ThrowsAsync<WorkloadException>(
            () => host.PlanAsync(new { file = TranscriptionHost.FileId, model = "base.en", language = "German" }).AsTask());
        var klingon = await Assert.ThrowsAsync<WorkloadException>(
            () => host.PlanAsync(new { file = TranscriptionHost.FileId, model = "small", language = "Klingon" }).AsTask());

        Assert.EndsWith("ggml-small-q8_0.bin", host.Get<WhisperModels>().Find("small"), StringComparison.Ordinal);
        Assert.Equal(("model_not_found", "model"), (missing.Code, missing.Property));
        Assert.Contains("https://huggingface.co/ggerganov/whisper.cpp", missing.Message, StringComparison.Ordinal);
        Assert.Contains("base.en, small-q5_1, small-q8_0", missing.Message, StringComparison.Ordinal);
        Assert.Equal("model_not_found", outside.Code);
        Assert.Equal("unsupported_language", german.Code);
        Assert.Equal(("unsupported_language", "language"), (klingon.Code, klingon.Property));
    }

    [Fact]
    public async Task A_model_file_makes_it_ready_and_is_told_before_anybody_uploads()
    {
        await using var host = _whisper.Host();
        var empty = (await host.Workload.GetEnginesAsync(CancellationToken.None)).Single(e => e.Id == "whisper");
        _whisper.Model("base", new { });
        var ready = (await host.Workload.GetEnginesAsync(CancellationToken.None)).Single(e => e.Id == "whisper");

        Assert.False(empty.Ready);
        Assert.Contains("https://huggingface.co/ggerganov/whisper.cpp", empty.Hint, StringComparison.Ordinal);
        Assert.True(ready.Ready);
        Assert.Equal(["base"], ready.Options);
    }

    [Fact]
    public async Task Jobs_and_settings_of_the_time_of_whispers_program_go_on()
    {
        _whisper.Model("base", new { segments = Spoken });
        await using var host = new TranscriptionHost(
            ("Workers:Program", _whisper.Path), ("Transcription:ModelsDirectory", _whisper.Folder), ("Transcription:DefaultEngine", "whisper-cli"),
            ("Transcription:WhisperCli", "/usr/local/bin/whisper-cli"));
        using var context = Sound(6, new { engine = "whisper-cli" });

        Assert.Equal("whisper", (await host.PlanAsync(new { file = TranscriptionHost.FileId })).Engine);
        Assert.Equal("whisper", (await host.RunAsync(context)).Engine);
    }

    [Theory]
    [InlineData(3 << 20)]
    [InlineData(3L << 30)]
    public void A_worker_may_take_more_the_larger_its_model(long bytes)
    {
        var kind = WhisperWorkers.KindOf(bytes, 2);

        Assert.InRange(kind.MemoryBytes, bytes + (1L << 30), (2 * bytes) + (2L << 30));
    }

    private static FakeWorkloadContext Sound(double seconds, object input) =>
        TranscriptionHost.Job(WavMaker.Sine(16_000, 1, 16, false, seconds), input);
}
