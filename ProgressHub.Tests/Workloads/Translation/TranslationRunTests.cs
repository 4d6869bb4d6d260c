using System.Text;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Workloads.Translation;

public sealed class TranslationRunTests
{
    private static readonly string Text = LongTexts.Prose(200_000);

    [Fact]
    public async Task A_long_text_goes_out_in_pieces_that_make_the_whole()
    {
        await using var host = new TranslationHost(FakeTranslator.Of(s => s.ToUpperInvariant()));
        using var context = Job(Text);

        var result = await host.RunAsync(context);

        Assert.Equal(Text.ToUpperInvariant(), result);
        Assert.Equal(result, context.Text);
        Assert.True(Encoding.UTF8.GetByteCount(Text) >= 200_000);
        var total = context.Partials.Count;
        Assert.InRange(total, 150, 250);
        Assert.Equal(Enumerable.Range(0, total), context.Partials.Select(p => p.Index).Order());
        Assert.All(context.Partials, p => Assert.Equal(total, p.Total));
        Assert.Equal(["preparing", "translating", "assembling"], context.StageNames);
    }

    [Fact]
    public async Task Progress_counts_finished_batches_and_never_goes_back()
    {
        await using var host = new TranslationHost(FakeTranslator.Of(s => s), ("Translation:MaxParallelBatches", "8"));
        using var context = Job(Text);

        await host.RunAsync(context);

        var total = context.Partials.Count;
        Assert.Equal(Enumerable.Range(0, total + 1).Select(i => (double?)i), context.Updates.Select(u => u.Current));
        Assert.Equal($"Completed batch 12/{total}", context.Updates[12].Message);
        Assert.All(context.Updates, u => Assert.Equal(("batches", (double?)total), (u.Unit, u.Total)));
    }

    [Fact]
    public async Task Several_batches_are_in_flight_and_never_more_than_allowed()
    {
        var inFlight = 0;
        var most = 0;
        var together = new TaskCompletionSource();
        var engine = new FakeTranslator(async (segments, _, token) =>
        {
            var now = Interlocked.Increment(ref inFlight);
            InterlockedMax(ref most, now);
            if (now == 3)
                together.TrySetResult();
            await together.Task.WaitAsync(Patience.Limit, token);
            Interlocked.Decrement(ref inFlight);
            return segments;
        });
        await using var host = new TranslationHost(engine, ("Translation:MaxParallelBatches", "3"));
        using var context = Job(LongTexts.Prose(20_000));

        await host.RunAsync(context);

        Assert.Equal(3, most);
    }

    [Fact]
    public async Task After_a_crash_only_what_is_missing_is_translated()
    {
        using var first = Job(Text);
        await using (var host = new TranslationHost(FakeTranslator.Of(s => s.ToUpperInvariant())))
            await host.RunAsync(first);

        var asked = 0;
        await using var again = new TranslationHost(FakeTranslator.Of(s =>
        {
            Interlocked.Increment(ref asked);
            return s.ToUpperInvariant();
        }));
        var restored = first.Partials.Where(p => p.Index % 10 != 3).ToDictionary(p => p.Index);
        using var second = Job(Text, restored, first.Checkpoint);

        Assert.Equal(Text.ToUpperInvariant(), await again.RunAsync(second));
        Assert.All(second.Partials, p => Assert.Equal(3, p.Index % 10));
        Assert.NotEqual(0, asked);
        Assert.Equal(first.Partials.Count - restored.Count, second.Partials.Count);
        Assert.Contains(second.Lines, l => l.Message == $"Restored {restored.Count} of {first.Partials.Count} batches");
        Assert.Equal(restored.Count, second.Updates[0].Current);
    }

    [Fact]
    public async Task A_checkpoint_of_another_cut_makes_everything_be_done_again()
    {
        await using var host = new TranslationHost(FakeTranslator.Of(s => s.ToUpperInvariant()));
        using var first = Job("One.\n\nTwo.");
        await host.RunAsync(first);
        using var second = Job("One.\n\nTwo.", new() { [0] = new PartialResult(0, 1) { Text = "stale" } }, [1, 2, 3]);

        Assert.Equal("ONE.\n\nTWO.", await host.RunAsync(second));
        Assert.Single(second.Partials);
        Assert.Equal(first.Checkpoint, second.Checkpoint);
        Assert.Contains(second.Lines, l => l.Level == JobLogLevel.Warning);
    }

    [Fact]
    public async Task Pieces_of_the_job_that_is_retried_are_taken_over_without_its_checkpoint()
    {
        await using var host = new TranslationHost(FakeTranslator.Of(s => s.ToUpperInvariant()));
        using var context = Job("One.\n\nTwo.", new() { [0] = new PartialResult(0, 1) { Text = "taken over" } });

        Assert.Equal("taken over", await host.RunAsync(context));
    }

    [Fact]
    public async Task An_engine_that_dies_half_way_fails_the_job_as_transient_and_keeps_what_is_done()
    {
        var asked = 0;
        var engine = new FakeTranslator((segments, _, _) => Interlocked.Increment(ref asked) > 20
            ? throw new WorkloadException("engine_unavailable", "gone") { IsTransient = true }
            : Task.FromResult(segments));
        await using var host = new TranslationHost(engine, ("Inference:MaxRetries", "1"), ("Translation:GiveUpAfter", "2"));
        using var context = Job(Text);

        var exception = await Assert.ThrowsAsync<WorkloadException>(() => host.Workload.RunAsync(context));

        Assert.True(exception.IsTransient);
        Assert.Equal(20, context.Partials.Count(p => p.Ok));
        Assert.InRange(asked, 22, 40);
    }

    [Fact]
    public async Task Where_every_batch_fails_the_job_fails()
    {
        await using var host = new TranslationHost(FakeTranslator.Of(_ => ""), ("Translation:GiveUpAfter", "1000"));
        using var context = Job(LongTexts.Prose(10_000));

        var exception = await Assert.ThrowsAsync<WorkloadException>(() => host.Workload.RunAsync(context));

        Assert.Equal("broken_answer", exception.Code);
        Assert.All(context.Partials, p => Assert.False(p.Ok));
    }

    [Fact]
    public async Task A_document_so_far_has_the_source_where_nothing_is_translated_yet()
    {
        await using var host = new TranslationHost();
        const string text = "The first paragraph is quite long, really.\n\nThe second paragraph is quite long too.\n\nAnd here is the third paragraph of it.";
        using var job = Job(text, batchCharacters: 50);
        var partials = new Dictionary<int, PartialResult>
        {
            [1] = new(1, 3) { Text = "ZWEI\n\n" },
            [2] = new(2, 3) { Text = "broken", Error = "failed" },
        };

        var document = host.Workload.Assemble(job.Input, partials)!;

        Assert.Equal(
            "The first paragraph is quite long, really.\n\nZWEI\n\nAnd here is the third paragraph of it.",
            Encoding.UTF8.GetString(document.Body.Span));
        Assert.Equal(("text/plain; charset=utf-8", "translation.de.txt"), (document.ContentType, document.FileName));
        Assert.Null(host.Workload.Assemble(job.Input, new Dictionary<int, PartialResult>()));
    }

    [Fact]
    public async Task A_text_without_words_needs_no_engine()
    {
        await using var host = new TranslationHost(FakeTranslator.Of(_ => throw new InvalidOperationException("asked")));
        using var context = Job("12345\n\n{name}\n");

        Assert.Equal("12345\n\n{name}\n", await host.RunAsync(context));
        Assert.Single(context.Partials);
    }

    [Fact]
    public async Task Pseudo_localisation_is_paced_and_canceled_at_once()
    {
        await using var host = new TranslationHost(("Translation:PseudoDelay", "00:01:00"));
        using var context = Job(Text);
        var run = host.Workload.RunAsync(context);

        context.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(Patience.Limit));
        Assert.Empty(context.Partials);
    }

    private static FakeWorkloadContext Job(
        string text, Dictionary<int, PartialResult>? restored = null, byte[]? checkpoint = null, int batchCharacters = 1200) =>
        new(new { text, targetLanguage = "de", batchCharacters }) { Restored = restored ?? [], Checkpoint = checkpoint };

    private static void InterlockedMax(ref int place, int value)
    {
        for (var seen = place; value > seen; seen = place)
            Interlocked.CompareExchange(ref place, value, seen);
    }
}
