using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Dialects;

/// <summary>What every dialect's streams have in common.</summary>
public sealed class DialectStreamTests(EchoServer server) : IClassFixture<EchoServer>
{
    private HttpClient Client => server.Client;

    [Fact]
    public async Task Cut_after_any_message_a_stream_resumes_with_the_event_it_was_cut_in_and_repeats_no_other()
    {
        var id = await server.FinishAsync(nameof(Cut_after_any_message_a_stream_resumes_with_the_event_it_was_cut_in_and_repeats_no_other));
        var all = await ReadAsync($"/echo/{id}");
        var told = all.Where(m => m.Seq is not null).ToList();
        Assert.Equal(Enumerable.Range(1, (int)told[^1].Seq!).SelectMany(seq => new[] { (seq, 1), (seq, 2), (seq, 3) }), told.Select(m => ((int)m.Seq!, m.Part)));

        for (var cut = 1; cut < told.Count; cut++)
        {
            var last = told[..cut].LastOrDefault(m => m.Id is not null);
            var rest = last is null ? told : (await ReadAsync($"/echo/{id}", last.Id)).ToList();

            Assert.Equal(told.Where(m => m.Seq > (last?.Seq ?? 0)).Select(m => m.Json), rest.Select(m => m.Json));
        }
    }

    [Fact]
    public async Task Only_the_last_message_of_an_event_has_its_number()
    {
        var id = await server.FinishAsync(nameof(Only_the_last_message_of_an_event_has_its_number));

        var told = (await ReadAsync($"/echo/{id}")).Where(m => m.Seq is not null).ToList();

        Assert.All(told, m => Assert.Equal(m.Part == 3 ? $"{m.Seq}" : null, m.Id));
    }

    [Fact]
    public async Task Whoever_comes_late_hears_the_same_as_who_was_there_and_the_result_with_the_end()
    {
        const string Run = nameof(Whoever_comes_late_hears_the_same_as_who_was_there_and_the_result_with_the_end);
        var id = (await server.SubmitAsync(run: Run)).Id();
        await using var early = await EventStream.OpenAsync(Client, $"/echo/{id}");
        await server.Workload[Run].DoAsync(context => context.BeginStageAsync("reading").AsTask());
        server.Workload[Run].End(new Core.Workloads.WorkloadOutcome(ScriptedWorkload.Document("all of it")));

        var live = (await early.RestAsync()).Where(i => i.EventType == "message").Select(i => i.Data).ToList();
        var late = (await ReadAsync($"/echo/{id}")).Where(m => m.Seq is not null).Select(m => m.Json).ToList();

        Assert.Equal(live, late);
        Assert.All(live[^3..], json => Assert.Contains("\"type\":\"done\"", json, StringComparison.Ordinal));
        Assert.All(live[^3..], json => Assert.Contains("\"result\":true", json, StringComparison.Ordinal));
        Assert.All(live[..^3], json => Assert.Contains("\"result\":false", json, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_start_a_stream_begins_at_the_present_and_of_an_ended_job_is_its_end_alone()
    {
        var id = await server.FinishAsync(nameof(Without_a_start_a_stream_begins_at_the_present_and_of_an_ended_job_is_its_end_alone));

        var told = await ReadAsync($"/echo/{id}/now");

        Assert.Equal(["done", "done", "done"], told.Select(m => JsonDocument.Parse(m.Json).RootElement.Text("type")));
    }

    [Fact]
    public async Task A_reconnect_with_nothing_left_is_204_and_one_with_a_cursor_nobody_gave_begins_at_the_start()
    {
        var id = await server.FinishAsync(nameof(A_reconnect_with_nothing_left_is_204_and_one_with_a_cursor_nobody_gave_begins_at_the_start));
        var all = await ReadAsync($"/echo/{id}");

        using var response = await EventStream.AskAsync(Client, $"/echo/{id}", all[^1].Id);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(all.Select(m => m.Json), (await ReadAsync($"/echo/{id}", "rubbish")).Select(m => m.Json));
    }

    [Fact]
    public async Task HEAD_is_answered_at_once_with_the_headers_of_a_stream()
    {
        var id = (await server.SubmitAsync(run: nameof(HEAD_is_answered_at_once_with_the_headers_of_a_stream))).Id();
        using var request = new HttpRequestMessage(HttpMethod.Head, $"/echo/{id}");

        using var response = await Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_job_of_another_kind_or_of_nobody_is_404_and_a_deleted_one_410()
    {
        var id = await server.FinishAsync(nameof(A_job_of_another_kind_or_of_nobody_is_404_and_a_deleted_one_410));

        using var foreign = await EventStream.AskAsync(Client, $"/echo/{id}/foreign");
        using var unknown = await EventStream.AskAsync(Client, $"/echo/{new string('0', 32)}");
        using var nonsense = await EventStream.AskAsync(Client, "/echo/task_123");
        using var deletion = await Client.DeleteAsync($"/api/jobs/{id}");
        using var deleted = await EventStream.AskAsync(Client, $"/echo/{id}");

        await foreign.IsProblemAsync(404, "job_not_found");
        await unknown.IsProblemAsync(404, "job_not_found");
        await nonsense.IsProblemAsync(404, "job_not_found");
        await deleted.IsProblemAsync(410, "job_purged");
    }

    [Fact]
    public async Task Too_many_watchers_are_refused_with_429_until_one_leaves()
    {
        var id = (await server.SubmitAsync(run: nameof(Too_many_watchers_are_refused_with_429_until_one_leaves))).Id();
        await using var first = await EventStream.OpenAsync(Client, $"/echo/{id}");
        await using var second = await EventStream.OpenAsync(Client, $"/echo/{id}");

        using var refused = await EventStream.AskAsync(Client, $"/echo/{id}");
        await refused.IsProblemAsync(429, "too_many_watchers");
        await second.DisposeAsync();

        await Patience.UntilAsync(
            async () =>
            {
                using var response = await EventStream.AskAsync(Client, $"/echo/{id}");
                return response.StatusCode == HttpStatusCode.OK;
            },
            "there is room again");
    }

    private async Task<List<Heard>> ReadAsync(string path, string? lastEventId = null)
    {
        await using var stream = await EventStream.OpenAsync(Client, path, lastEventId);
        var (items, before) = (new List<Heard>(), lastEventId);
        foreach (var item in await stream.RestAsync())
        {
            // The reader goes on saying the last id it heard.
            items.Add(Heard.Of(item, item.EventId == before ? null : item.EventId));
            before = item.EventId ?? before;
        }

        return items;
    }

    private sealed record Heard(string Json, string? Id, long? Seq, int Part)
    {
        public static Heard Of(SseItem<string> item, string? id)
        {
            var json = JsonDocument.Parse(item.Data).RootElement;
            return json.TryGetProperty("seq", out var seq)
                ? new Heard(item.Data, id, seq.GetInt64(), json.GetProperty("part").GetInt32())
                : new Heard(item.Data, id, null, 0);
        }
    }
}
