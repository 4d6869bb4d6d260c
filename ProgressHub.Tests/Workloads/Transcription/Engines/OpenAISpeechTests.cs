using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Transcription.Engines;

namespace ProgressHub.Tests.Workloads.Transcription.Engines;

/// <summary>The OpenAI engine, through its real SDK, against a server that speaks the real protocol.</summary>
public sealed class OpenAISpeechTests : IAsyncLifetime
{
    private const string Key = "sk-very-secret-0123456789";
    private SpeechServer _server = null!;

    public async Task InitializeAsync() => _server = await SpeechServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_whole_answer_gives_its_segments_with_their_times()
    {
        await using var host = Host();
        using var context = Job(5, new { engine = "openai", language = "en-US", model = "whisper-large", prompt = "Ann, Bob" });

        var transcript = await host.RunAsync(context);

        Assert.Equal("word0 word1 word2 word3 word4", transcript.Text);
        Assert.Equal([0, 1, 2, 3, 4], transcript.Segments.Select(s => Math.Round(s.Start)));
        Assert.Equal(("openai", "english"), (transcript.Engine, transcript.Language));
        var request = Assert.Single(_server.Requests);
        Assert.Equal(("whisper-large", "en", "Ann, Bob", "verbose_json", Key), (request.Model, request.Language, request.Prompt, request.Format, request.Key));
    }

    [Fact]
    public async Task English_text_is_asked_for_as_a_translation()
    {
        await using var host = Host(("Transcription:OpenAIStreaming", "true"));
        using var context = Job(5, new { engine = "openai", language = "de", task = "translate", prompt = "Ann" });

        var transcript = await host.RunAsync(context);

        Assert.Equal("word0 word1 word2 word3 word4", transcript.Text);
        Assert.True(transcript.IsTranslated);
        Assert.Equal(1, _server.Translations);
        Assert.Equal(("Ann", "verbose_json"), (_server.Requests.Single().Prompt, _server.Requests.Single().Format));
    }

    [Fact]
    public async Task Long_audio_goes_in_parts_and_its_times_run_on()
    {
        await using var host = Host(("Transcription:OpenAIPartSeconds", "20"));
        using var context = Job(50, new { engine = "openai" });

        var transcript = await host.RunAsync(context);

        Assert.InRange(_server.Requests.Count, 3, 7);
        Assert.All(_server.Requests, r => Assert.InRange(r.Seconds, 0.1, 20.01));
        Assert.Equal(50, _server.Requests.Sum(r => r.Seconds), 1);
        Assert.Equal(Enumerable.Range(0, context.Partials.Count), context.Partials.Select(p => p.Index));
        Assert.Equal(transcript.Segments.Select(s => s.Start), transcript.Segments.Select(s => s.Start).Order());
        Assert.InRange(transcript.Segments[^1].End, 47, 50);
    }

    [Fact]
    public async Task Streamed_segments_are_told_as_they_come()
    {
        _server.Stream = SpeechStream.Segments;
        _server.Next(EngineFault.Stall);
        await using var host = Host(("Transcription:OpenAIStreaming", "true"), ("Inference:StallTimeout", "00:00:05"));
        using var context = Job(8, new { engine = "openai" });
        var run = host.RunAsync(context);
        await Patience.UntilAsync(() => context.Partials.Count >= 2, "two segments are told");

        var transcript = await run;

        // The second request has only what was not heard before the first fell silent.
        Assert.Equal(2, _server.Requests.Count);
        Assert.True(_server.Requests.Last().Seconds < 5);
        Assert.Equal(Enumerable.Range(0, transcript.Segments.Count).Select(i => $"word{i}"), transcript.Segments.Select(s => s.Text));
        Assert.True(TranscriptionHost.HasWarned(context, "tries again"));
    }

    [Fact]
    public async Task A_stream_without_times_gives_a_segment_for_each_short_part()
    {
        _server.Stream = SpeechStream.Deltas;
        await using var host = Host();
        using var context = Job(40, new { engine = "openai", model = "gpt-4o-transcribe" });

        var transcript = await host.RunAsync(context);

        Assert.Equal(_server.Requests.Count, transcript.Segments.Count);
        Assert.All(_server.Requests, r => Assert.True(r.Streamed && r.Seconds <= 30.01));
        Assert.StartsWith("word0 word1 word2", transcript.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_stream_is_asked_for_whole_answers()
    {
        _server.Stream = SpeechStream.None;
        await using var host = Host(("Transcription:OpenAIStreaming", "true"));
        using var context = Job(4, new { engine = "openai" });

        var transcript = await host.RunAsync(context);

        Assert.Equal([true, false], _server.Requests.Select(r => r.Streamed));
        Assert.Equal(4, transcript.Segments.Count);
    }

    [Fact]
    public async Task An_answer_without_segments_is_one()
    {
        _server.HasSegments = false;
        await using var host = Host();
        using var context = Job(3, new { engine = "openai" });

        var segment = Assert.Single((await host.RunAsync(context)).Segments);

        Assert.Equal("word0 word1 word2", segment.Text);
        Assert.InRange(segment.End, 2.9, 3);
    }

    [Theory]
    [InlineData("Busy", false)]
    [InlineData("Broken500", false)]
    [InlineData("CutAbruptly", false)]
    [InlineData("Busy", true)]
    [InlineData("Broken500", true)]
    [InlineData("CutPolitely", true)]
    [InlineData("CutAbruptly", true)]
    public async Task A_passing_failure_is_tried_again_once_and_by_nobody_else(string fault, bool streamed)
    {
        _server.Stream = streamed ? SpeechStream.Deltas : SpeechStream.None;
        _server.Next(Enum.Parse<EngineFault>(fault));
        await using var host = Host(("Transcription:OpenAIStreaming", streamed ? "true" : "false"));
        using var context = Job(4, new { engine = "openai" });

        var transcript = await host.RunAsync(context);

        Assert.Equal(4, transcript.Text.Split(' ').Length);
        Assert.Equal(2, _server.Requests.Count);
        Assert.True(TranscriptionHost.HasWarned(context, "tries again"));
    }

    [Fact]
    public async Task A_whole_answer_that_never_comes_is_given_up()
    {
        _server.Next(EngineFault.Stall);
        await using var host = Host(("Inference:RequestTimeout", "00:00:05"));
        using var context = Job(3, new { engine = "openai" });

        Assert.Equal("word0 word1 word2", (await host.RunAsync(context)).Text);
        Assert.Equal(2, _server.Requests.Count);
    }

    [Fact]
    public async Task A_refused_key_ends_the_job_and_is_shown_nowhere()
    {
        _server.Next(EngineFault.Unauthorized);
        await using var host = Host();
        using var context = Job(3, new { engine = "openai" });

        var fault = await host.FailAsync(context);

        Assert.Equal("engine_rejected_key", fault.Code);
        Assert.DoesNotContain(Key, fault.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(context.Lines, line => line.Message.Contains(Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Canceling_ends_the_request()
    {
        _server.Next(EngineFault.Stall);
        await using var host = Host();
        using var context = Job(3, new { engine = "openai" });
        var run = host.Workload.RunAsync(context);
        await Patience.UntilAsync(() => !_server.Requests.IsEmpty, "the request is there");

        context.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        await _server.Abandoned.Task.Soon();
    }

    [Fact]
    public async Task An_attempt_after_a_crash_sends_only_what_is_left()
    {
        await using var host = Host();
        using var context = new FakeWorkloadContext(new { file = TranscriptionHost.FileId, engine = "openai" })
        {
            Secrets = { ["apiKey"] = Key },
            Restored = { [0] = new SpeechSegment(0, null, 0, 6, "before").ToPartial() },
        };
        context.Upload(TranscriptionHost.FileId, "a.wav", "audio/wav", WavMaker.Sine(16_000, 1, 16, false, 10));

        var transcript = await host.RunAsync(context);

        Assert.Equal(4, Assert.Single(_server.Requests).Seconds, 0.1);
        Assert.Equal("before word0 word1 word2", string.Join(' ', transcript.Text.Split(' ').Take(4)));
        Assert.Equal(6, transcript.Segments[1].Start, 0.1);
    }

    [Theory]
    [InlineData(null, null, "ApiKey")]
    [InlineData("http://127.0.0.1:1/v1", null, "SpeechModel")]
    public async Task What_is_missing_is_said_before_a_job_is_accepted(string? endpoint, string? model, string setting)
    {
        await using var host = new TranscriptionHost([.. new[] { ("Inference:OpenAI:Endpoint", endpoint), ("Inference:OpenAI:SpeechModel", model) }
            .Where(s => s.Item2 is not null).Select(s => (s.Item1, s.Item2!))]);

        var refusal = await Assert.ThrowsAsync<WorkloadException>(
            () => host.PlanAsync(new { file = TranscriptionHost.FileId, engine = "openai" }).AsTask());
        var status = (await host.Workload.GetEnginesAsync(CancellationToken.None)).Single(e => e.Id == "openai");

        Assert.Equal("engine_unavailable", refusal.Code);
        Assert.Contains(setting, refusal.Message, StringComparison.Ordinal);
        Assert.False(status.Ready);
        Assert.Contains(setting, status.Hint, StringComparison.Ordinal);
    }

    private TranscriptionHost Host(params (string Key, string Value)[] settings) => new(
        [("Inference:OpenAI:Endpoint", _server.Endpoint), ("Inference:OpenAI:SpeechModel", "m1"), .. settings]);

    private static FakeWorkloadContext Job(double seconds, object input)
    {
        using var asked = TranscriptionHost.Job([], input);
        var context = new FakeWorkloadContext(asked.Input) { Secrets = { ["apiKey"] = Key } };
        context.Upload(TranscriptionHost.FileId, "a.wav", "audio/wav", WavMaker.Sine(16_000, 1, 16, false, seconds));
        return context;
    }
}
