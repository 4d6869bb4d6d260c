using System.Text;
using System.Text.Json;
using ProgressHub.Core.Events;

namespace ProgressHub.Tests.Events;

public sealed class EventFrameTests
{
    [Theory, MemberData(nameof(EventSamples.Types), MemberType = typeof(EventSamples))]
    public void A_frame_is_three_lines_and_a_blank_one(string type)
    {
        var frame = EventFrame.Encode(EventSamples.Placed(EventSamples.All[type].Event), null);

        Assert.Equal(
            $"event: {type}\nid: 18\ndata: {EventSamples.Json(type)}\n\n", Encoding.UTF8.GetString(frame.Sse.Span));
        Assert.Equal(EventSamples.Json(type), Encoding.UTF8.GetString(frame.Json.Span));
        Assert.Equal((EventSamples.Id, 18L, type), (frame.JobId, frame.Seq, frame.Type));
    }

    [Theory, MemberData(nameof(EventSamples.Types), MemberType = typeof(EventSamples))]
    public void A_frame_read_back_from_the_log_is_the_same(string type)
    {
        var frame = EventFrame.Encode(EventSamples.Placed(EventSamples.All[type].Event), null);

        var read = EventFrame.FromStored(frame.JobId, frame.Seq, frame.Type, frame.Item, frame.Json.Span);

        Assert.Equal(frame.Sse.ToArray(), read.Sse.ToArray());
        Assert.Equal(frame.Item, read.Item);
        Assert.Equal(frame.Json.ToArray(), EventJson.Serialize(read.Decode()));
    }

    [Theory]
    [InlineData("a\nb"), InlineData("a\rb"), InlineData("a\r\n\r\nevent: done\ndata: x\n\n"), InlineData("a\u2028b\u2029c")]
    [InlineData("<script>alert('x')</script> & \"quoted\" \\ back"), InlineData("👩‍🚀 日本語 עברית\u0000\u0007\u007f")]
    [InlineData("\ud83d alone"), InlineData("alone \ude80")]
    public void No_text_can_break_a_frame(string text)
    {
        var frame = EventFrame.Encode(EventSamples.Placed(new PartialEvent(0, null, true, text)), null);

        var sse = Encoding.UTF8.GetString(frame.Sse.Span);
        Assert.DoesNotContain('\r', sse);
        Assert.Equal(4, sse.Count(c => c == '\n'));
        Assert.EndsWith("\n\n", sse, StringComparison.Ordinal);
        var data = sse.Split('\n')[2]["data: ".Length..];
        using var json = JsonDocument.Parse(data);
        Assert.Equal(WithoutLoneSurrogates(text), json.RootElement.GetProperty("text").GetString());
    }

    [Fact]
    public void Readable_text_stays_readable_on_the_wire() => Assert.Contains(
        "<b>日本語 é</b>",
        Encoding.UTF8.GetString(EventFrame.Encode(EventSamples.Placed(new PartialEvent(0, null, true, "<b>日本語 é</b>")), null).Sse.Span),
        StringComparison.Ordinal);

    [Fact]
    public void A_frame_knows_what_kind_of_event_it_holds()
    {
        var done = EventFrame.Encode(EventSamples.Placed(EventSamples.All["done"].Event), null);
        var progress = EventFrame.Encode(EventSamples.Placed(EventSamples.All["progress"].Event), null);
        var partial = EventFrame.Encode(EventSamples.Placed(EventSamples.All["partial"].Event), null);

        Assert.Equal((true, false, null), (done.IsDone, done.IsProgress, done.Item));
        Assert.Equal((false, true, null), (progress.IsDone, progress.IsProgress, progress.Item));
        Assert.Equal((false, false, 12), (partial.IsDone, partial.IsProgress, partial.Item));
    }

    [Fact]
    public void The_largest_number_fits()
    {
        var frame = EventFrame.Encode(EventSamples.Placed(new CancelingEvent(), long.MaxValue), null);

        Assert.Contains($"\nid: {long.MaxValue}\n", Encoding.UTF8.GetString(frame.Sse.Span), StringComparison.Ordinal);
        Assert.Equal(long.MaxValue, frame.Decode().Seq);
    }

    private static string WithoutLoneSurrogates(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
