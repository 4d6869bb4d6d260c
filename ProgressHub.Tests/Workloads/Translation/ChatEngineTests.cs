using System.Text;
using System.Text.Json;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Workloads.Translation;

/// <summary>Both chat engines, through their real SDKs, against a server that speaks their real protocols.</summary>
public sealed class ChatEngineTests : IAsyncLifetime
{
    private const string Key = "sk-very-secret-0123456789";
    private EngineServer _server = null!;

    public async Task InitializeAsync() => _server = await EngineServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task A_document_comes_back_translated_with_its_structure(string engine)
    {
        await using var host = Host();
        using var context = Job(engine, "# Hello {name}\n\nSee [the docs](https://x.y/z) and `code`.\n");

        Assert.Equal("# HELLO {name}\n\nSEE [THE DOCS](https://x.y/z) AND `code`.\n", await host.RunAsync(context));
        var request = Assert.Single(_server.Requests);
        Assert.Equal(Key, request.Key);
        Assert.Equal("m1", request.Model);
        Assert.Contains("Spanish (es)", request.Instructions, StringComparison.Ordinal);
        Assert.Equal("Hello ⟦0⟧", request.Segments[0].Text);
    }

    [Fact]
    public async Task What_is_sent_is_what_every_compatible_server_takes()
    {
        await using var host = Host();
        using var context = Job("openai", "Hello");

        await host.RunAsync(context);

        var body = Assert.Single(_server.Requests).Body;
        var messages = body["messages"]!.AsArray();
        Assert.Equal(["system", "user"], messages.Select(m => m!["role"]!.GetValue<string>()));
        // Many a server of one's own takes text alone, and no list of parts.
        Assert.All(messages, m => Assert.Equal(JsonValueKind.String, m!["content"]!.GetValueKind()));
        Assert.Equal(["messages", "model", "stream", "stream_options"], body.AsObject().Select(p => p.Key).Where(k => k != "temperature").Order());
    }

    [Theory]
    [InlineData("openai", 1)]
    [InlineData("anthropic", 1)]
    public async Task A_busy_engine_is_waited_for_as_long_as_it_asks(string engine, int seconds)
    {
        _server.Next(EngineFault.Busy);
        await using var host = Host();
        using var context = Job(engine, "Hello");
        var start = TimeProvider.System.GetTimestamp();

        Assert.Equal("HELLO", await host.RunAsync(context));
        Assert.True(TimeProvider.System.GetElapsedTime(start) >= TimeSpan.FromSeconds(seconds * 0.99));
        Assert.Equal(2, _server.Requests.Count);
        Assert.Contains(context.Lines, line => line.Message.Contains("tries again", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("openai", "Broken500")]
    [InlineData("openai", "Stall")]
    [InlineData("openai", "CutPolitely")]
    [InlineData("openai", "CutAbruptly")]
    [InlineData("anthropic", "Broken500")]
    [InlineData("anthropic", "Stall")]
    [InlineData("anthropic", "CutPolitely")]
    [InlineData("anthropic", "CutAbruptly")]
    public async Task A_passing_failure_is_tried_again_once_and_by_nobody_else(string engine, string fault)
    {
        _server.Next(Enum.Parse<EngineFault>(fault));
        await using var host = Host(("Inference:StallTimeout", fault == "Stall" ? "00:00:05" : "00:01:00"));
        using var context = Job(engine, "Hello there");

        Assert.Equal("HELLO THERE", await host.RunAsync(context));
        Assert.Equal(2, _server.Requests.Count);
        Assert.Single(context.Lines, line => line.Message.Contains("tries again", StringComparison.Ordinal));
        Assert.All(_server.Requests, r => Assert.DoesNotContain("could not be used", r.Instructions, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("openai", "OneSegmentShort")]
    [InlineData("openai", "LosesMark")]
    [InlineData("openai", "DoublesMark")]
    [InlineData("openai", "AltersMark")]
    [InlineData("openai", "NotJson")]
    [InlineData("openai", "TooLong")]
    [InlineData("anthropic", "OneSegmentShort")]
    [InlineData("anthropic", "LosesMark")]
    [InlineData("anthropic", "TooLong")]
    public async Task A_broken_answer_is_asked_for_again_with_a_complaint(string engine, string fault)
    {
        _server.Next(Enum.Parse<EngineFault>(fault));
        await using var host = Host();
        using var context = Job(engine, "Hello {name}\n\nGood bye");

        Assert.Equal("HELLO {name}\n\nGOOD BYE", await host.RunAsync(context));
        Assert.Equal(2, _server.Requests.Count);
        Assert.DoesNotContain("could not be used", _server.Requests.First().Instructions, StringComparison.Ordinal);
        Assert.Contains("could not be used", _server.Requests.Last().Instructions, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_still_broken_after_the_complaint_is_asked_for_segment_by_segment()
    {
        _server.Next(EngineFault.OneSegmentShort, EngineFault.OneSegmentShort);
        await using var host = Host();
        using var context = Job("openai", "One\n\nTwo\n\nThree");

        Assert.Equal("ONE\n\nTWO\n\nTHREE", await host.RunAsync(context));
        Assert.Equal([3, 2, 1, 1], _server.Requests.Select(r => r.Segments.Count));
    }

    [Fact]
    public async Task A_batch_that_stays_broken_is_marked_and_the_others_go_on()
    {
        var text = string.Join("\n\n", Enumerable.Range(0, 6).Select(i => $"Paragraph number {i} of the text" + (i == 2 ? " {x}" : "")));
        _server.Always = EngineFault.LosesMark;
        await using var host = Host();
        using var context = Job("openai", text, batchCharacters: 50);

        var outcome = await host.Workload.RunAsync(context);

        var failed = Assert.Single(context.Partials, p => !p.Ok);
        Assert.Equal(1, outcome.FailedItems);
        Assert.Contains("⟦0⟧ is missing", failed.Error, StringComparison.Ordinal);
        Assert.Equal(text.ToUpperInvariant().Replace("PARAGRAPH NUMBER 2 OF THE TEXT {X}", "Paragraph number 2 of the text {x}", StringComparison.Ordinal), Encoding.UTF8.GetString(outcome.Result!.Body.Span));
        Assert.Equal(Encoding.UTF8.GetString(outcome.Result.Body.Span), context.Text);
    }

    [Fact]
    public async Task Fences_and_chatter_around_the_array_do_not_matter()
    {
        _server.Next(EngineFault.Chatty);
        await using var host = Host();
        using var context = Job("openai", "Hello");

        Assert.Equal("HELLO", await host.RunAsync(context));
        Assert.Single(_server.Requests);
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task A_rejected_key_ends_the_job_without_trying_the_other_batches(string engine)
    {
        _server.Always = EngineFault.Unauthorized;
        await using var host = Host(("Translation:MaxParallelBatches", "1"));
        using var context = Job(engine, LongTexts.Prose(5000), batchCharacters: 200);

        var exception = await Assert.ThrowsAsync<WorkloadException>(() => host.Workload.RunAsync(context));

        Assert.Equal("engine_rejected_key", exception.Code);
        Assert.False(exception.IsTransient);
        Assert.Single(_server.Requests);
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task A_request_the_engine_refuses_every_time_ends_the_job_early(string engine)
    {
        _server.Always = EngineFault.BadRequest;
        await using var host = Host(("Translation:MaxParallelBatches", "1"), ("Translation:GiveUpAfter", "3"));
        using var context = Job(engine, LongTexts.Prose(5000), batchCharacters: 200);

        var exception = await Assert.ThrowsAsync<WorkloadException>(() => host.Workload.RunAsync(context));

        Assert.Equal("engine_rejected_request", exception.Code);
        Assert.False(exception.IsTransient);
        Assert.Equal(3, _server.Requests.Count);
        Assert.Contains("scripted 400", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task An_engine_that_is_not_there_is_a_transient_failure_of_the_job(string engine)
    {
        await using var host = new TranslationHost(
            ("Inference:OpenAI:Endpoint", "http://127.0.0.1:1/v1"), ("Inference:Anthropic:BaseUrl", "http://127.0.0.1:1"),
            ("Inference:MaxRetries", "1"));
        using var context = Job(engine, "Hello");

        var exception = await Assert.ThrowsAsync<WorkloadException>(() => host.Workload.RunAsync(context));

        Assert.Equal("engine_unavailable", exception.Code);
        Assert.True(exception.IsTransient);
        Assert.Contains("127.0.0.1:1 ", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openai", "Stall")]
    [InlineData("anthropic", "Stall")]
    public async Task Canceling_stops_and_hangs_up(string engine, string fault)
    {
        _server.Always = Enum.Parse<EngineFault>(fault);
        await using var host = Host();
        using var context = Job(engine, LongTexts.Prose(5000), batchCharacters: 500);
        var run = host.Workload.RunAsync(context);
        await Patience.UntilAsync(() => !_server.Requests.IsEmpty, "a request has come");

        context.Cancel();

        // The server stalls for good: only canceling can end the call.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(Patience.Limit));
        await _server.Abandoned.Task.WaitAsync(Patience.Limit);
    }

    [Theory]
    [InlineData("openai", "None")]
    [InlineData("openai", "Unauthorized")]
    [InlineData("openai", "BadRequest")]
    [InlineData("openai", "Broken500")]
    [InlineData("anthropic", "None")]
    [InlineData("anthropic", "Unauthorized")]
    [InlineData("anthropic", "BadRequest")]
    [InlineData("anthropic", "CutAbruptly")]
    public async Task A_key_appears_in_no_log_line_event_error_or_checkpoint(string engine, string fault)
    {
        _server.Always = Enum.Parse<EngineFault>(fault);
        await using var host = Host();
        using var context = Job(engine, "A sentence nobody else should read");

        var exception = await Record.ExceptionAsync(() => host.Workload.RunAsync(context));

        Assert.All(_server.Requests, request => Assert.Equal(Key, request.Key));
        string[] seen =
        [
            exception?.Message ?? "", Encoding.UTF8.GetString(context.Checkpoint ?? []), .. host.Logs.Lines,
            .. context.Lines.Select(l => l.Message), .. context.Partials.SelectMany(p => new[] { p.Error ?? "", p.Text ?? "" }),
        ];
        Assert.All(seen, text => Assert.DoesNotContain(Key, text, StringComparison.Ordinal));
        Assert.All(host.Logs.Lines, line => Assert.DoesNotContain("nobody else", line, StringComparison.OrdinalIgnoreCase));
    }

    private TranslationHost Host(params (string Key, string Value)[] settings) => new(
        [
            ("Inference:OpenAI:Endpoint", _server.OpenAI), ("Inference:OpenAI:ChatModel", "m1"),
            ("Inference:Anthropic:BaseUrl", _server.Anthropic), ("Inference:Anthropic:Model", "m1"), .. settings,
        ]);

    private static FakeWorkloadContext Job(string engine, string text, int batchCharacters = 1200) =>
        new(new { text, format = "markdown", targetLanguage = "es", engine, batchCharacters, model = "m1" })
        {
            Secrets = { ["apiKey"] = Key },
        };
}
