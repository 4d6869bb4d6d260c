using System.Text;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Testing;

namespace WordCount.Tests;

public sealed class WordCountTests
{
    [Fact]
    public async Task Each_part_is_counted_and_the_words_add_up()
    {
        using var harness = new WorkloadHarness(new WordCountWorkload());

        var run = await harness.RunAsync(new WordCountInput("One fish two fish red fish blue fish", Parts: 4));

        Assert.Equal(JobState.Succeeded, run.State);
        Assert.Equal("8 words\n", Encoding.UTF8.GetString(run.Result!.Body.Span));
        Assert.All(run.Partials.Values, part => Assert.EndsWith("2 words\n", part.Text));
        Assert.Equal(4, run.Record.Updates[^1].Current);
    }

    [Fact]
    public async Task A_part_that_is_done_is_not_counted_again()
    {
        using var harness = new WorkloadHarness(new WordCountWorkload()) { InterruptAfterPartials = 3 };

        var first = await harness.RunAsync(new WordCountInput("A text of six words altogether"));
        harness.InterruptAfterPartials = null;
        var second = await harness.ResumeAsync(first);

        Assert.Equal(JobState.Succeeded, second.State);
        Assert.Equal([3, 4, 5, 6, 7, 8, 9], second.Record.Partials.Select(part => part.Index));
    }

    [Fact]
    public async Task An_empty_text_is_refused()
    {
        using var harness = new WorkloadHarness(new WordCountWorkload());

        var refusal = await Assert.ThrowsAsync<WorkloadException>(() => harness.RunAsync(new { text = "" }));

        Assert.Equal("text", refusal.Property);
    }
}
