using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using ProgressHub.AspNetCore.Snapshots;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.AspNetCore;

public sealed class SnapshotViewTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    private static readonly JobSnapshot Running = JobSnapshot.Empty(JobId.New(), Start) with
    {
        State = JobState.Running, StartedAt = Start, ElapsedMs = 1000,
        Stages = [new StageStatus("a", "A", 0.5, "done", 400, 0), new StageStatus("b", "B", 0.5, "running", null, 400)],
    };

    [Fact]
    public void Times_of_a_running_job_are_up_to_now()
    {
        var view = SnapshotNow.Of(Running, Start.AddSeconds(5));

        Assert.Equal(5000, view.ElapsedMs);
        Assert.Equal([400, 4600], view.Stages.Select(s => s.Ms));
    }

    [Fact]
    public void Time_never_runs_backwards_where_clocks_differ() =>
        Assert.Equal(1000, SnapshotNow.Of(Running, Start).ElapsedMs);

    [Fact]
    public void Times_of_a_finished_job_stand()
    {
        var view = SnapshotNow.Of(Running with { State = JobState.Failed }, Start.AddHours(1));

        Assert.Equal(1000, view.ElapsedMs);
        Assert.Null(view.Stages[1].Ms);
    }

    [Fact]
    public void What_is_sent_is_the_snapshot_and_what_the_server_adds_in_one_object()
    {
        var view = new SnapshotView(Running, Start.AddSeconds(5), new JobLinks("/api/jobs/1", null, null, null, "/watch/1"))
        {
            Receipt = new SubmissionReceipt("token", new WebhookReceipt("w", "https://example.org/", ["done"], "whsec_x")),
        };

        var sent = JsonDocument.Parse(SnapshotJson.Serialize(view)).RootElement;
        var plain = JsonDocument.Parse(EventJson.Serialize(Running)).RootElement;

        foreach (var member in plain.EnumerateObject())
            Assert.Equal(member.Value.GetRawText(), sent.GetProperty(member.Name).GetRawText());
        Assert.Superset(new HashSet<string> { "serverTime", "links" }, sent.EnumerateObject().Select(m => m.Name).ToHashSet());
        Assert.Equal("""{"self":"/api/jobs/1","watch":"/watch/1"}""", sent.GetProperty("links").GetRawText());
        Assert.Equal("2026-11-20T10:00:05.000Z", sent.GetProperty("serverTime").GetString());
        Assert.Equal("token", sent.GetProperty("writeToken").GetString());
        Assert.Equal("whsec_x", sent.GetProperty("webhook").GetProperty("secret").GetString());
        Assert.Equal(plain.EnumerateObject().Count() + 4, sent.EnumerateObject().Count());
    }

    [Fact]
    public void Links_lead_only_where_the_host_has_something()
    {
        var id = JobId.New();
        var done = Running with { JobId = id, State = JobState.Succeeded, ResultUrl = "/api/jobs/1/result" };

        Assert.Null(Mapped().Of(id));
        Assert.Equal(new JobLinks($"/api/jobs/{id}", null, null, null, $"/watch/{id}"), Mapped("/api/jobs/{job}", "/watch/{id}").Of(id));
        Assert.Equal($"/api/jobs/{id}/result", Mapped("/api/jobs/{id}/result", "/watch").Of(id)!.Result);
        Assert.Null(new SnapshotViews(Mapped("/api/jobs/{id}"), TimeProvider.System).Of(done).Snapshot.ResultUrl);
        Assert.NotNull(new SnapshotViews(Mapped("/api/jobs/{id}/result"), TimeProvider.System).Of(done).Snapshot.ResultUrl);

        static MappedLinks Mapped(params string[] patterns) => new(new DefaultEndpointDataSource(patterns.Select(
            pattern => new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse(pattern), 0, null, null))));
    }

    [Fact]
    public void What_is_not_there_is_not_sent()
    {
        var sent = Encoding.UTF8.GetString(SnapshotJson.Serialize(new SnapshotView(Running, Start, null)));

        Assert.DoesNotContain("links", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("writeToken", sent, StringComparison.Ordinal);
        Assert.EndsWith("\"serverTime\":\"2026-11-20T10:00:00.000Z\"}", sent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tag_of_a_waiting_job_changes_with_its_place_in_the_queue()
    {
        var waiting = JobSnapshot.Empty(JobId.New(), Start) with { Seq = 1, QueuePosition = 7 };

        Assert.NotEqual(SnapshotResult.Tag(waiting), SnapshotResult.Tag(waiting with { QueuePosition = 6 }));
        Assert.Equal("W/\"1\"", SnapshotResult.Tag(waiting with { QueuePosition = null }));
    }
}
