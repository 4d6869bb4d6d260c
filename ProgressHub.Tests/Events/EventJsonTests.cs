using System.Text;
using System.Text.Json;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Events;

public sealed class EventJsonTests
{
    [Theory, MemberData(nameof(EventSamples.Types), MemberType = typeof(EventSamples))]
    public void An_event_is_on_the_wire_what_the_design_says_field_by_field(string type)
    {
        var json = Encoding.UTF8.GetString(EventJson.Serialize(EventSamples.Placed(EventSamples.All[type].Event)));

        Assert.Equal(EventSamples.Json(type), json);
    }

    [Theory, MemberData(nameof(EventSamples.Types), MemberType = typeof(EventSamples))]
    public void An_event_reads_back_as_it_was_written(string type)
    {
        var json = EventJson.Serialize(EventSamples.Placed(EventSamples.All[type].Event));

        var read = EventJson.Deserialize(type, json);

        Assert.IsType(EventSamples.All[type].Event.GetType(), read);
        Assert.Equal(type, read.Type);
        Assert.Equal(json, EventJson.Serialize(read));
    }

    [Fact]
    public void The_samples_are_all_members_of_the_family() => Assert.Equal(
        typeof(JobEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(JobEvent))).OrderBy(t => t.Name),
        EventSamples.All.Values.Select(v => v.Event.GetType()).OrderBy(t => t.Name));

    [Fact]
    public void What_is_unknown_is_left_out()
    {
        var json = Encoding.UTF8.GetString(EventJson.Serialize(EventSamples.Placed(new ProgressEvent { Current = 3 })));

        Assert.EndsWith("""
            "type":"progress","attempt":2,"elapsedMs":9912,"current":3,"estimated":false}
            """, json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(JobLogLevel.Info, "info"), InlineData(JobLogLevel.Success, "success")]
    [InlineData(JobLogLevel.Warning, "warning"), InlineData(JobLogLevel.Error, "error")]
    public void A_log_level_is_a_word(JobLogLevel level, string word) => Assert.Contains(
        $"\"level\":\"{word}\"", Encoding.UTF8.GetString(EventJson.Serialize(EventSamples.Placed(new LogEvent(level, "")))),
        StringComparison.Ordinal);

    [Fact]
    public void Reading_a_type_that_does_not_exist_says_so() =>
        Assert.Throws<JsonException>(() => EventJson.Deserialize("snapshot", "{}"u8));

    [Fact]
    public void A_snapshot_has_the_fields_of_the_design_under_their_names()
    {
        var snapshot = Full();

        using var json = JsonDocument.Parse(EventJson.Serialize(snapshot));
        var root = json.RootElement;

        string[] named =
        [
            "jobId", "kind", "title", "tags", "state", "seq", "attempt", "stage", "fraction", "message", "eta", "stages",
            "partials", "pendingInput", "queuePosition", "engine", "error", "createdAt", "startedAt", "finishedAt",
            "elapsedMs",
        ];
        Assert.Empty(named.Except(root.EnumerateObject().Select(p => p.Name)));
        Assert.Equal("running", root.GetProperty("state").GetString());
        Assert.Equal("2026-11-20T10:00:00.123Z", root.GetProperty("startedAt").GetString());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("finishedAt").ValueKind);
        Assert.Equal(JsonValueKind.Null, root.GetProperty("error").ValueKind);
        Assert.Equal("""{"ok":12,"failed":0,"total":47}""", root.GetProperty("partials").GetRawText());
        Assert.Equal("""{"p50Ms":41000,"p90Ms":58000,"basis":"history","samples":18}""", root.GetProperty("eta").GetRawText());
    }

    [Fact]
    public void A_snapshot_reads_back_as_it_was_written()
    {
        var json = EventJson.Serialize(Full());

        Assert.Equal(json, EventJson.Serialize(EventJson.DeserializeSnapshot(json)));
    }

    private static JobSnapshot Full() => new()
    {
        JobId = EventSamples.Id, Kind = "translation", Title = "Letter", State = JobState.Running, Seq = 17, Attempt = 1,
        Stage = "translating", Fraction = 0.42, Message = "Batch 12 of 47", Eta = new Eta(41000, 58000, "history", 18),
        Stages = [new StageStatus("translating", "Translating", 0.85, "running", 9100, 12)],
        Partials = new PartialCounts(12, 0, 47), Engine = "apertium", CreatedAt = EventSamples.At,
        StartedAt = EventSamples.At, ElapsedMs = 9800,
    };
}
