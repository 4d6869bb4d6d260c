using ProgressHub.Core.Workloads;
using ProgressHub.Core.Workloads.Transcription.Engines;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Workloads.Transcription.Engines;

/// <summary>whisper-cli, through a stand-in that prints what the real one was recorded to print.</summary>
public sealed class WhisperTests : IDisposable
{
    private readonly WhisperStandIn _whisper = new();
    private static readonly object[] Spoken =
    [
        new object[] { 0, 2000, " The quick brown fox jumps." }, new object[] { 2000, 4500, " Over the lazy dog." },
        new object[] { 4500, 6000, " [BLANK_AUDIO]" },
    ];

    public void Dispose() => _whisper.Dispose();

    [Fact]
    public async Task Segments_come_one_by_one_with_their_times()
    {
        _whisper.Model("base", new { segments = Spoken, delay = 0.2 });
        await using var host = _whisper.Host();
        using var context = TranscriptionHost.Job(WavMaker.Sine(16_000, 1, 16, false, 6), new { language = "en-GB", prompt = "Fox; $(touch x) \"Dog\"" });

        var transcript = await host.RunAsync(context);

        Assert.Equal(["uploading", "preprocessing", "transcribing", "completed"], context.StageNames);
        Assert.Equal(["The quick brown fox jumps.", "Over the lazy dog.", ""], context.Partials.Select(p => p.Text));
        Assert.Equal([0, 1, 2], context.Partials.Select(p => p.Index));
        Assert.All(context.Partials, p => Assert.Null(p.Total));
        Assert.Equal(4.5, context.Partials[1].Data!.Value.GetProperty("end").GetDouble());
        Assert.Equal("The quick brown fox jumps. Over the lazy dog.", transcript.Text);
        Assert.Equal(("whisper-cli", "en", 6.0, 2), (transcript.Engine, transcript.Language, transcript.Duration, transcript.Segments.Count));
        var call = Assert.Single(_whisper.Calls);
        Assert.Equal("1", call.Backtrace);
        Assert.Contains("Fox; $(touch x) \"Dog\"", call.Args);
        Assert.Equal("en", call.Args[Array.IndexOf(call.Args, "-l") + 1]);
    }

    [Fact]
    public async Task Progress_follows_the_segments_and_never_what_it_says_beyond_all_measure()
    {
        _whisper.Model("base", new { segments = Spoken[..2], progress = new[] { 367 }, delay = 0.3 });
        await using var host = _whisper.Host();
        using var context = TranscriptionHost.Job(WavMaker.Sine(16_000, 1, 16, false, 120), new { });

        await host.RunAsync(context);

        var heard = context.Updates.Where(u => u.Message?.StartsWith("Heard", StringComparison.Ordinal) == true).ToList();
        Assert.Equal(heard.Select(u => u.Current), heard.Select(u => u.Current).Order());
        // Two seconds are heard, and the window that it may be in is 30 s long.
        Assert.Contains(heard, u => u.Current is >= 2 and <= 32);
        Assert.DoesNotContain(heard, u => u.Current is > 34.5 and < 120);
        Assert.Equal(120, heard[^1].Current);
    }

    [Fact]
    public async Task What_the_lines_left_out_comes_from_its_JSON()
    {
        _whisper.Model("base", new { segments = Spoken[..1], late = Spoken[1..2] });
        await using var host = _whisper.Host();
        using var context = TranscriptionHost.Job(WavMaker.Sine(16_000, 1, 16, false, 6), new { });

        Assert.Equal("The quick brown fox jumps. Over the lazy dog.", (await host.RunAsync(context)).Text);
    }

    [Fact]
    public async Task Times_beyond_the_end_of_the_audio_are_brought_back_to_it()
    {
        _whisper.Model("base", new { segments = new[] { new object[] { 0, 30_000, " Hello." } } });
        await using var host = _whisper.Host();
        using var context = TranscriptionHost.Job(WavMaker.Sine(16_000, 1, 16, false, 2), new { });

        Assert.Equal(2, Assert.Single((await host.RunAsync(context)).Segments).End);
    }

    [Fact]
    public async Task An_attempt_after_a_crash_hears_only_what_is_left()
    {
        _whisper.Model("base", new { segments = new[] { new object[] { 500, 3000, " dog." } } });
        await using var host = _whisper.Host();
        using var first = TranscriptionHost.Job(WavMaker.Sine(16_000, 1, 16, false, 10), new { });
        using var context = new FakeWorkloadContext(first.Input)
        {
            Restored = { [0] = new SpeechSegment(0, null, 0, 4, "The lazy").ToPartial() },
        };
        context.Upload(TranscriptionHost.FileId, "a.wav", "audio/wav", WavMaker.Sine(16_000, 1, 16, false, 10));

        var transcript = await host.RunAsync(context);

        Assert.Equal(6, Assert.Single(_whisper.Calls).Seconds, 0.01);
        var told = Assert.Single(context.Partials);
        Assert.Equal((1, 4.5, 7.0), (told.Index, told.Data!.Value.GetProperty("start").GetDouble(), told.Data.Value.GetProperty("end").GetDouble()));
        Assert.Equal("The lazy dog.", transcript.Text);
    }

    [Fact]
    public async Task Canceling_leaves_neither_it_nor_what_it_started()
    {
        _whisper.Model("base", new { segments = Spoken, hang = true, child = true });
        await using var host = _whisper.Host();
        using var context = TranscriptionHost.Job(WavMaker.Sine(16_000, 1, 16, false, 6), new { });
        var run = host.Workload.RunAsync(context);
        var child = await _whisper.ChildAsync();
        await Patience.UntilAsync(() => context.Partials.Count == 3, "all is heard");
        Assert.NotEmpty(ProcessTable.With(_whisper.Path));

        context.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        await Patience.UntilAsync(() => !ProcessTable.IsAlive(child), "what it started is gone");
        await Patience.UntilAsync(() => ProcessTable.With(_whisper.Path).Count == 0, "it is gone");
    }

    // Each row of what whisper-cli 1.9 was seen to do; it ends with 0 after many of its errors.
    [Theory]
    [InlineData(3, "whisper_init_from_file: failed to open '/m.bin'\nerror: failed to initialize whisper context", "model_not_found")]
    [InlineData(3, "whisper_model_load: invalid model data (bad magic)\nerror: failed to initialize whisper context", "bad_model")]
    [InlineData(3, "whisper_model_load: ERROR not all tensors loaded from model file\nerror: failed to initialize whisper context", "bad_model")]
    [InlineData(0, "whisper_model_load: WARN no tensors loaded from model file - assuming empty model for testing", "bad_model")]
    [InlineData(134, "GGML_ASSERT(n_dims > 0) failed", "bad_model")]
    [InlineData(0, "error: failed to read audio file 'a.wav'", "engine_failed")]
    [InlineData(2, "error: input file not found 'a.wav'", "engine_failed")]
    [InlineData(0, "error: unknown argument: -pp", "engine_failed")]
    [InlineData(0, "error: unknown language 'xx'", "unsupported_language")]
    [InlineData(0, "output_json: failed to open '/x/whisper.json' for writing", "disk_full")]
    [InlineData(0, "error: something new", "engine_failed")]
    [InlineData(137, "", "engine_failed")]
    [InlineData(143, "", "engine_unavailable")]
    [InlineData(1, "", "engine_failed")]
    public async Task Every_way_to_fail_is_told_by_what_it_says(int exit, string stderr, string code)
    {
        _whisper.Model("base", new { exit, stderr, writes = exit == 0 });
        await using var host = _whisper.Host();
        using var context = TranscriptionHost.Job(WavMaker.Sine(16_000, 1, 16, false, 1), new { });

        var fault = await host.FailAsync(context);

        Assert.Equal(code, fault.Code);
        Assert.Equal(exit == 143, fault.IsTransient);
        Assert.DoesNotContain(_whisper.Folder, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", true)]
    [InlineData("{\"transcription\":[{}]}", true)]
    [InlineData("", true)]
    [InlineData(null, false)]
    public async Task A_good_end_without_a_result_that_can_be_read_is_a_failure(string? json, bool writes)
    {
        _whisper.Model("base", json is null ? new { writes } : new { json });
        await using var host = _whisper.Host();
        using var context = TranscriptionHost.Job(WavMaker.Sine(16_000, 1, 16, false, 1), new { });

        Assert.Equal("engine_failed", (await host.FailAsync(context)).Code);
    }

    [Fact]
    public async Task Too_little_audio_is_no_error()
    {
        _whisper.Model("base", new { stderr = "input is too short - 50 ms < 100 ms" });
        await using var host = _whisper.Host();
        using var barely = TranscriptionHost.Job(WavMaker.Sine(16_000, 1, 16, false, 0.12), new { });
        using var tooLittle = TranscriptionHost.Job(WavMaker.Sine(16_000, 1, 16, false, 0.05), new { });

        Assert.Empty((await host.RunAsync(barely)).Segments);
        Assert.Empty((await host.RunAsync(tooLittle)).Segments);
        Assert.Single(_whisper.Calls);
    }

    [Fact]
    public async Task Models_are_found_by_name_and_a_missing_one_says_where_to_get_it()
    {
        _whisper.Model("base.en", new { });
        _whisper.Model("small", new { });
        await using var host = _whisper.Host();

        await host.PlanAsync(new { file = TranscriptionHost.FileId, model = "small" });
        await host.PlanAsync(new { file = TranscriptionHost.FileId, model = "ggml-base.en.bin" });
        var missing = await Assert.ThrowsAsync<WorkloadException>(() => host.PlanAsync(new { file = TranscriptionHost.FileId, model = "large" }).AsTask());
        var outside = await Assert.ThrowsAsync<WorkloadException>(() => host.PlanAsync(new { file = TranscriptionHost.FileId, model = _whisper.Path }).AsTask());
        var german = await Assert.ThrowsAsync<WorkloadException>(
            () => host.PlanAsync(new { file = TranscriptionHost.FileId, model = "base.en", language = "de" }).AsTask());

        Assert.Equal(("model_not_found", "model"), (missing.Code, missing.Property));
        Assert.Contains("https://huggingface.co/ggerganov/whisper.cpp", missing.Message, StringComparison.Ordinal);
        Assert.Contains("base.en, small", missing.Message, StringComparison.Ordinal);
        Assert.Equal("model_not_found", outside.Code);
        Assert.Equal("unsupported_language", german.Code);
    }

    [Fact]
    public async Task What_would_make_it_ready_is_said_before_anybody_uploads()
    {
        await using var host = _whisper.Host();
        var empty = (await host.Workload.GetEnginesAsync(CancellationToken.None)).Single(e => e.Id == "whisper-cli");
        _whisper.Model("base", new { });
        var ready = (await host.Workload.GetEnginesAsync(CancellationToken.None)).Single(e => e.Id == "whisper-cli");
        await using var without = new TranscriptionHost(("Transcription:WhisperCli", "/nowhere/whisper-cli"));
        var absent = (await without.Workload.GetEnginesAsync(CancellationToken.None)).Single(e => e.Id == "whisper-cli");

        Assert.False(empty.Ready);
        Assert.Contains("https://huggingface.co/ggerganov/whisper.cpp", empty.Hint, StringComparison.Ordinal);
        Assert.True(ready.Ready);
        Assert.Equal(["base"], ready.Options);
        Assert.False(absent.Ready);
        Assert.Contains("whisper.cpp", absent.Hint, StringComparison.Ordinal);
    }
}
