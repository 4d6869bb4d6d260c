using System.Buffers;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ProgressHub.AspNetCore.Jobs;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Events;

/// <summary>Whoever handles events handles all of them.</summary>
public sealed class EventTypesTests
{
    public static TheoryData<string> Types => [.. EventTypes.All];

    [Fact]
    public void Every_event_has_a_name_and_every_name_an_event()
    {
        var records = typeof(JobEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(JobEvent))).ToArray();
        var names = typeof(EventTypes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!);

        Assert.Equal(EventTypes.All.Count, records.Length);
        Assert.Equal(EventTypes.All.Order(), names.Order());
        Assert.Equal(EventTypes.All.Order(), EventSamples.All.Values.Select(s => s.Event.Type).Order());
        Assert.Equal(records.Order(ByName), EventSamples.All.Values.Select(s => s.Event.GetType()).Order(ByName));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_event_is_folded(string type)
    {
        var before = JobSnapshot.Empty(EventSamples.Id, EventSamples.At) with
        {
            State = JobState.WaitingForInput, Stages = [new StageStatus("one", "One", 1, StageStates.Pending)],
        };
        var sample = EventSamples.Placed(EventSamples.All[type].Event);

        var placed = before with { Seq = sample.Seq, Attempt = sample.Attempt, ElapsedMs = sample.ElapsedMs };

        // A line of the log is for a person to read and changes no state; every other event does.
        Assert.Equal(type == EventTypes.Log, EventJson.Serialize(before.Apply(sample)).AsSpan().SequenceEqual(EventJson.Serialize(placed)));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_event_may_carry_what_was_reported_before_it(string type)
    {
        if (type == EventTypes.Progress)
            return;
        var before = JobSnapshot.Empty(EventSamples.Id, EventSamples.At);
        var state = new ProgressState { Fraction = 0.4, StageFraction = 0.5, Current = 5, Total = 10 };
        var carrying = EventSamples.Placed(EventSamples.All[type].Event with { Progress = state }, seq: 2);
        var apart = before.Apply(EventSamples.Placed(state.ToEvent(), seq: 1)).Apply(carrying with { Progress = null });

        var read = EventFrame.Encode(carrying, null).Decode();

        Assert.Equal(EventJson.Serialize(apart), EventJson.Serialize(before.Apply(read)));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_event_is_read_back_from_its_frame_which_holds_its_JSON_and_nothing_else(string type)
    {
        var sample = EventSamples.Placed(EventSamples.All[type].Event);

        var frame = EventFrame.Encode(sample, null);

        Assert.Equal(EventJson.Serialize(sample), frame.Json.ToArray());
        Assert.Equal(
            $"event: {type}\nid: {sample.Seq}\ndata: {Encoding.UTF8.GetString(frame.Json.Span)}\n\n", Encoding.UTF8.GetString(frame.Sse.Span));
        Assert.Equal(frame.Sse.ToArray(), EventFrame.FromStored(sample.JobId, sample.Seq, type, frame.Item, frame.Json.Span).Sse.ToArray());
        Assert.IsType(sample.GetType(), frame.Decode());
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_event_is_a_line_of_a_table_with_what_it_says(string type)
    {
        var target = new ArrayBufferWriter<byte>();

        EventCsv.Write(target, EventFrame.Encode(EventSamples.Placed(EventSamples.All[type].Event), null));

        var cells = Encoding.UTF8.GetString(target.WrittenSpan).TrimEnd().Split(',');
        Assert.Equal(("18", type, "2", "9912"), (cells[0], cells[2], cells[3], cells[4]));
        Assert.Equal(type != EventTypes.Canceling, cells[5..].Any(cell => cell.Length > 0));
    }

    [Fact]
    public void The_browsers_know_every_event()
    {
        var listed = Regex.Match(Repository.Read("wwwroot-assets/js/snapshot.js"), @"EVENT_TYPES = Object\.freeze\((\[[^\]]*\])\)").Groups[1].Value;

        using var types = JsonDocument.Parse(Regex.Replace(listed, @",\s*\]", "]"));
        Assert.Equal(EventTypes.All.Order(), types.RootElement.EnumerateArray().Select(t => t.GetString()!).Order());
    }

    private static readonly Comparer<Type> ByName = Comparer<Type>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name));
}
