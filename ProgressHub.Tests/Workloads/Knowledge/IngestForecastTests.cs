using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Knowledge;

namespace ProgressHub.Tests.Workloads.Knowledge;

/// <summary>What a server that has learned nothing says of an ingest, by what it is given.</summary>
public sealed class IngestForecastTests
{
    [Fact]
    public async Task More_text_is_expected_to_take_longer_and_each_stage_says_how_long()
    {
        var small = await ExpectedAsync("Puffins nest in burrows.");
        var large = await ExpectedAsync(LongTexts.Prose(200_000));

        Assert.True(large > 5 * small, $"{small} ms and {large} ms are expected.");
    }

    private static async Task<long> ExpectedAsync(string text)
    {
        await using var engine = await EngineHost.StartAsync();
        var collection = (await engine.Get<KnowledgeLibrary>().CreateAsync(EngineHost.Owner, "Papers", null, null, CancellationToken.None)).Id;
        var input = System.Text.Json.JsonSerializer.Serialize(new { collection, documents = new[] { new { id = $"{text.Length}", text } } });
        var events = await engine.RunAsync("ingest", input);

        Assert.Equal(JobState.Succeeded, Assert.IsType<DoneEvent>(events[^1]).State);
        return Assert.Single(events.OfType<StageEvent>(), e => e.Stage == "embedding").ExpectedMs ?? 0;
    }
}
