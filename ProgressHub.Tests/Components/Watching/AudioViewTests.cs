using System.Text.Json;
using Bunit;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Watching;

namespace ProgressHub.Tests.Components.Watching;

public sealed class AudioViewTests : ComponentTest
{
    private static readonly JobSnapshot Running =
        JobSnapshot.Empty(JobId.New(), DateTimeOffset.UnixEpoch) with { Kind = "transcription", State = JobState.Running, Attempt = 1 };

    [Fact]
    public void Before_there_is_audio_it_says_so_and_nothing_can_be_played()
    {
        var view = Render<AudioView>(p => p.Add(v => v.Job, Running));

        Assert.Contains("once all of it has arrived", view.Markup, StringComparison.Ordinal);
        Assert.True(view.Find(".sound").HasAttribute("hidden"));
        Assert.Empty(view.FindAll(".segment"));
    }

    [Fact]
    public void A_failed_job_without_audio_says_that_there_is_none()
    {
        var view = Render<AudioView>(p => p.Add(v => v.Job, Running with { State = JobState.Failed }));

        Assert.Contains("There is no audio to play", view.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Segments_carry_their_times_and_a_silent_one_says_so()
    {
        var view = Render<AudioView>(p => p
            .Add(v => v.Job, Running with { Partials = new PartialCounts(2, 0, null) })
            .Add(v => v.Items, [Segment(0, 0, 61.5, "front center"), Segment(1, 61.5, 64, "")]));

        var segments = view.FindAll(".segment");
        Assert.Equal(["0", "61.5"], segments.Select(s => s.GetAttribute("data-start")!));
        Assert.Equal(["front center", "nothing was understood"], view.FindAll(".text").Select(t => t.Text()));
        Assert.Equal("Play from 1:01", segments[1].QuerySelector("button")!.GetAttribute("aria-label"));
    }

    [Fact]
    public void Words_carry_their_times_and_who_says_them()
    {
        var words = JsonSerializer.SerializeToElement(new
        {
            start = 1, end = 2, channel = 2, speaker = "Speaker 2", words = new[] { new { word = "rear", start = 1.0, end = 1.4 }, new { word = "left", start = 1.5, end = 1.9 } },
        });

        var view = Render<AudioView>(p => p
            .Add(v => v.Job, Running with { Partials = new PartialCounts(1, 0, null) })
            .Add(v => v.Items, [Segment(0, 1, 2, "rear left") with { Data = words }]));

        Assert.Equal(["rear", "left"], view.FindAll(".word").Select(w => w.Text()));
        Assert.Equal("1.5 – 1.9 s", view.FindAll(".word")[1].GetAttribute("title"));
        Assert.Equal("Speaker 2:", view.Find(".speaker").Text());
        Assert.EndsWith("rear left", view.Find(".text").Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_is_offered_in_every_form_and_so_far_while_it_runs()
    {
        IReadOnlyList<ResultForm> forms = [new("text", "text/plain"), new("srt", "application/x-subrip")];
        var running = Render<ResultFormLinks>(p => p
            .Add(l => l.Forms, forms).Add(l => l.Job, Running with { Partials = new PartialCounts(1, 0, null) }));
        var done = Render<ResultFormLinks>(p => p
            .Add(l => l.Forms, forms).Add(l => l.Job, Running with { State = JobState.Succeeded, ResultUrl = "/api/jobs/x/result" }));

        Assert.EndsWith("/result?format=srt&download=true&partial=true", running.One("link", "so far as SRT").GetAttribute("href"), StringComparison.Ordinal);
        Assert.EndsWith("/result?format=text&download=true", done.One("link", "as TXT").GetAttribute("href"), StringComparison.Ordinal);
        Assert.Empty(Render<ResultFormLinks>(p => p.Add(l => l.Forms, forms).Add(l => l.Job, Running)).All("link"));
    }

    private static PartialEvent Segment(int index, double start, double end, string text) => new(
        index, null, Ok: true, text, JsonSerializer.SerializeToElement(new { start, end }))
    {
        JobId = Running.JobId, Seq = index + 1, At = DateTimeOffset.UnixEpoch, Attempt = 1,
    };
}
