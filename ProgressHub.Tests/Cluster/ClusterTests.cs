using System.Text.Json;
using Dapper;
using Npgsql;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Cluster;

/// <summary>Several nodes as one server: what is submitted at one is seen and commanded at any (I1, I7).</summary>
[Collection(NodesTests.Name)]
public sealed class ClusterTests(ClusterNodes nodes) : IAsyncLifetime
{
    public Task InitializeAsync() => nodes.AllUpAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_job_submitted_at_one_node_is_watched_at_all_of_them()
    {
        var id = await nodes.Servers[0].Client.SubmitAsync(JobCalls.Pseudo(LongTexts.Prose(4000), 200));
        using var first = new SteadyWatcher(nodes.Servers[0], id);
        using var second = new SteadyWatcher(nodes.Servers[1], id);
        using var third = new SteadyWatcher(nodes.Servers[2], id);
        var hubs = nodes.Servers.Select(server => HubWatching.WatchAsync(server.Address, id, after: 0)).ToList();
        var streams = nodes.Servers.Select(server => HubWatching.StreamAsync(server.Address, id, after: 0)).ToList();
        var polls = nodes.Servers.Select(server => PollAsync(server, id)).ToList();

        Assert.Equal("succeeded", (await nodes.Servers[1].Client.EndAsync(id)).Text("state"));

        var log = await nodes.Servers[2].Client.LogAsync(id);
        LogAssert.EndsWith("succeeded", log);
        foreach (var watcher in (SteadyWatcher[])[first, second, third])
        {
            await watcher.Completion.Soon();
            LogAssert.SawAll(log, watcher.Seen);
        }

        foreach (var seen in await Task.WhenAll([.. hubs, .. streams]).Soon())
            LogAssert.SawAll(log, seen);
        foreach (var last in await Task.WhenAll(polls).Soon())
            Assert.Equal(log[^1].Seq, last);
    }

    [Fact]
    public async Task What_a_node_has_acknowledged_the_next_one_knows()
    {
        for (var round = 0; round < 20; round++)
        {
            var (one, other) = (nodes.Servers[round % 3], nodes.Servers[(round + 1) % 3]);
            var id = await one.Client.SubmitAsync(JobCalls.Pseudo(LongTexts.Prose(40_000), 200));
            using var watcher = new SteadyWatcher(other, id);
            await watcher.MoreAsync(1);

            var acknowledged = (await one.Client.CancelAsync(id)).GetProperty("seq").GetInt64();

            var present = (await other.Client.JsonAsync($"/api/jobs/{id}")).GetProperty("seq").GetInt64();
            Assert.True(present >= acknowledged, $"Event {acknowledged} was acknowledged, and the next node knew {present}.");
        }
    }

    [Fact]
    public async Task A_cancel_at_any_node_ends_a_job_wherever_it_runs()
    {
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
            ids.Add(await nodes.Servers[0].Client.SubmitAsync(JobCalls.Pseudo(LongTexts.Prose(40_000), 200)));
        var owner = await nodes.OwnerOfAsync(ids[0]);
        var other = nodes.Servers.First(server => server != owner);

        foreach (var id in ids)
            await other.Client.CancelAsync(id);

        foreach (var id in ids)
        {
            Assert.Equal("canceled", (await owner.Client.EndAsync(id)).Text("state"));
            LogAssert.EndsWith("canceled", await other.Client.LogAsync(id));
        }
    }

    [Fact]
    public async Task Each_node_tells_of_all_with_what_they_have_to_do()
    {
        using var scene = await WatchedJob.StartAsync(nodes);

        foreach (var server in nodes.Servers)
            await Patience.UntilAsync(async () => TellsOfAll(await server.Client.JsonAsync("/api/nodes")), "a node tells of all three, and of the one that works");
        await nodes.Servers[0].Client.CancelAsync(scene.Id);

        bool TellsOfAll(JsonElement told)
        {
            var up = told.GetProperty("nodes").EnumerateArray().Where(node => node.Text("state") == "up").ToList();
            return up.Count == nodes.Servers.Count && up.Count(node => node.GetProperty("isSelf").GetBoolean()) == 1
                && up.All(node => nodes.IsOf(scene.Owner, node.Text("name")!) ? Number(node, "runningJobs") > 0 : Number(node, "watchers") > 0);
        }

        static int Number(JsonElement node, string name) => node.TryGetProperty(name, out var value) ? value.GetInt32() : 0;
    }

    [Fact]
    public async Task A_program_reports_at_any_node_and_is_answered_as_by_the_one_that_runs_its_job()
    {
        var program = await ReportingJob.SubmitAsync(nodes.Servers[0].Client);
        for (var (i, seq) = (0, 0L); i < 30; i++)
        {
            var at = nodes.Servers[i % 3].Client;
            await Patience.UntilAsync(() => program.ReportAsync(at), "the report is taken");
            Assert.True(program.Seq > seq, $"Event {program.Seq} was answered after event {seq}.");
            seq = program.Seq;
        }

        foreach (var server in nodes.Servers)
        {
            await program.StreamAsync(server.Client, 300);
            await program.StreamAsync(server.Client, 1);
            var (status, refusal) = await ReadAsync(await program.SendAsync(server.Client, "updates", WebServer.Json(new { stage = "none" })));
            Assert.Equal((422, "unknown_stage", "stage"), (status, refusal.Text("code"), refusal.Text("property")));
        }

        var owner = await nodes.OwnerOfAsync(program.Id);
        var other = nodes.Servers.First(server => server != owner);
        var (_, ended) = await ReadAsync(await program.SendAsync(other.Client, "complete", WebServer.Json(new { result = new { text = "Done, all of it." } })));
        Assert.Equal("succeeded", ended.Text("state"));
        Assert.Equal("Done, all of it.", await owner.Client.GetStringAsync($"/api/jobs/{program.Id}/result"));
        foreach (var server in nodes.Servers)
            await program.AssertNothingLostAsync(server.Client);
    }

    [Fact]
    public async Task A_key_that_came_with_a_request_reaches_whichever_node_runs_the_job_and_is_nowhere_in_clear()
    {
        const string Key = "sk-0123456789-of-the-request";
        for (var ranElsewhere = false; !ranElsewhere;)
        {
            nodes.Engine.Next(EngineFault.Unauthorized);
            var id = await nodes.Servers[0].Client.SubmitAsync(new { text = "One.", targetLanguage = "es", engine = "openai", apiKey = Key });

            Assert.Equal("failed", (await nodes.Servers[1].Client.EndAsync(id)).Text("state"));

            Assert.Equal(Key, nodes.Engine.Requests.Last().Key);
            await using var connection = new NpgsqlConnection(nodes.Database);
            await connection.OpenAsync();
            var node = await connection.QuerySingleAsync<string>("SELECT node FROM jobs WHERE id = @id", new { id });
            ranElsewhere = !nodes.IsOf(nodes.Servers[0], node);
            Assert.Equal(1, await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM job_secrets WHERE job = @id", new { id }));
            Assert.Equal(0, await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM job_secrets WHERE position(convert_to(@Key, 'UTF8') in value) > 0", new { Key }));

            // Somebody who tries again at another node need not bring it again; once it has done its work, it is gone.
            var (_, retry) = await ReadAsync(await nodes.Servers[2].Client.PostAsync($"/api/jobs/{id}/retry", null));
            Assert.Equal("succeeded", (await nodes.Servers[1].Client.EndAsync(retry.Id())).Text("state"));
            Assert.Equal(Key, nodes.Engine.Requests.Last().Key);
            await Patience.UntilAsync(
                async () => await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM job_secrets WHERE job = @id", new { id = retry.Id() }) == 0,
                "the key is forgotten");
        }
    }

    [Fact]
    public async Task A_webhook_comes_once_whichever_node_its_job_was_submitted_to_and_runs_on()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var ids = new List<string>();
        foreach (var server in Enumerable.Repeat(nodes.Servers, 4).SelectMany(all => all))
        {
            using var made = await server.Client.PostAsync("/api/jobs", WebServer.Json(new
            {
                kind = "translation", input = JobCalls.Pseudo("One."), webhook = new { url = receiver.Url, events = new[] { "queued", "done" } },
            }));
            ids.Add((await ReadAsync(made)).Body.Id());
        }

        foreach (var id in ids)
            await nodes.Servers[0].Client.EndAsync(id);
        var messages = await receiver.ReceiveAsync(2 * ids.Count);

        Assert.Equal(messages.Count, messages.Select(message => message.Id).Distinct().Count());
        foreach (var id in ids)
        {
            await Patience.UntilAsync(
                async () => (await nodes.Servers[1].Client.JsonAsync($"/api/jobs/{id}/webhook")).GetProperty("deliveries").EnumerateArray()
                    .All(delivery => delivery.Text("state") == "delivered"),
                "all is delivered");
        }

        Assert.Equal(2 * ids.Count, receiver.Messages.Count);
    }

    private static async Task<(int Status, JsonElement Body)> ReadAsync(HttpResponseMessage answer)
    {
        using (answer)
            return ((int)answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync()));
    }

    /// <summary>Asks again and again, for what is new, until the end; returns the last <c>seq</c>.</summary>
    private static async Task<long> PollAsync(ServerProcess server, string id)
    {
        for (var seq = 0L; ;)
        {
            var state = await server.Client.JsonAsync($"/api/jobs/{id}?wait=20&after={seq}");
            var next = state.GetProperty("seq").GetInt64();
            Assert.True(next >= seq, $"The state of event {next} came after that of event {seq}.");
            if (state.Text("state") == "succeeded")
                return next;
            seq = next;
        }
    }
}
