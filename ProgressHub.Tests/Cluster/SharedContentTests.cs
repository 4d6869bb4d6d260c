using System.Net;
using System.Text;
using System.Text.Json;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Cluster;

/// <summary>Uploads, collections and sessions over tables are those of all nodes.</summary>
[Collection(NodesTests.Name)]
public sealed class SharedContentTests(ClusterNodes nodes) : IAsyncLifetime
{
    private const int Part = 300_000;

    public Task InitializeAsync() => nodes.AllUpAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task An_upload_begun_at_one_node_is_ended_at_others_while_its_job_waits_at_one_that_sees_it_come()
    {
        var bytes = TusCalls.Bytes(3 * Part);
        var id = await nodes.Servers[0].Client.BeginUploadAsync(bytes.Length);
        var job = await nodes.Servers[0].Client.SubmitFileAsync(id);
        var owner = await nodes.OwnerOfAsync(job);
        var others = nodes.Servers.Where(server => server != owner).ToList();

        var held = new HeldContent(null);
        var sending = others[0].Client.PatchAsync(id, 0, held);
        held.Send(bytes[..Part]);
        await Patience.UntilAsync(async () => (await owner.Client.LogAsync(job)).Any(e => e.ToString().Contains($"{Part}", StringComparison.Ordinal)), "the job shows what has come");
        Assert.Equal(Part, (await others[1].Client.JsonAsync($"/api/uploads/{id}")).GetProperty("offset").GetInt64());

        // Whoever asks where to go on interrupts whoever sends, wherever that is; what came is kept.
        Assert.Equal(Part, await others[1].Client.OffsetAsync(id));
        held.End();
        await (await sending.Soon()).IsProblemAsync(409, "upload_taken_over");
        await others[1].Client.SendAsync(id, Part, bytes[Part..(2 * Part)]);
        await owner.Client.SendAsync(id, 2 * Part, bytes[(2 * Part)..]);

        Assert.Equal("succeeded", (await others[0].Client.EndAsync(job)).Text("state"));
        Assert.Contains(TusCalls.Hash(bytes), await others[0].Client.GetStringAsync($"/api/jobs/{job}/result"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_that_one_node_takes_another_ends_with_its_bytes_and_the_job_that_waits_for_it()
    {
        var id = await nodes.Servers[0].Client.BeginUploadAsync(2 * Part);
        var job = await nodes.Servers[0].Client.SubmitFileAsync(id);
        var owner = await nodes.OwnerOfAsync(job);
        var others = nodes.Servers.Where(server => server != owner).ToList();
        var held = new HeldContent(null);
        var sending = others[0].Client.PatchAsync(id, 0, held);
        held.Send(TusCalls.Bytes(Part));
        await Patience.UntilAsync(
            async () => (await others[1].Client.JsonAsync($"/api/uploads/{id}")).GetProperty("offset").GetInt64() == Part, "the other node sees what has come");

        using var deleted = await others[1].Client.TusAsync(HttpMethod.Delete, $"/api/uploads/{id}");

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        held.End();
        await (await sending.Soon()).IsProblemAsync(409, "upload_incomplete");
        var end = await others[1].Client.EndAsync(job);
        Assert.Equal(("failed", "upload_incomplete"), (end.Text("state"), end.GetProperty("error").Text("code")));
        await Patience.UntilAsync(() => Directory.GetFiles(nodes.Files, $"{id}*", SearchOption.AllDirectories).Length == 0, "its bytes are gone");
    }

    [Fact]
    public async Task A_collection_made_at_one_node_is_filled_asked_and_deleted_at_any()
    {
        var (a, b, c) = (nodes.Servers[0].Client, nodes.Servers[1].Client, nodes.Servers[2].Client);
        using var made = await a.PostAsync("/api/collections", WebServer.Json(new { name = "Birds", embedding = "hashed" }));
        var id = (await WebServer.ReadAsync(made)).Text("id")!;
        await IngestAsync(b, id, ("p", "Puffins nest in burrows."));
        Assert.Equal(["p"], await FoundAsync(c, id, "burrows"));
        Assert.Equal(["p"], await FoundAsync(a, id, "burrows"));

        // All three have it in memory by now, and each change is found at once.
        await IngestAsync(a, id, ("g", "Gulls steal chips."), ("t", "Terns dive for fish."));
        foreach (var client in (HttpClient[])[b, c, a])
            Assert.Equal(["g"], await FoundAsync(client, id, "chips"));
        using var gone = await c.DeleteAsync($"/api/collections/{id}/documents/g");
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        foreach (var client in (HttpClient[])[a, b, c])
            Assert.DoesNotContain("g", await FoundAsync(client, id, "chips"));
        Assert.Equal(2, (await b.JsonAsync($"/api/collections/{id}")).GetProperty("documents").GetInt64());

        using var deleted = await b.DeleteAsync($"/api/collections/{id}");
        using var sought = await a.GetAsync($"/api/collections/{id}/search?q=burrows");
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (deleted.StatusCode, sought.StatusCode));
    }

    [Fact]
    public async Task A_session_over_a_table_is_asked_at_any_node_whichever_reads_its_file()
    {
        var session = await SessionAsync("Days", "day;amount\n2024-03-04;7\n2024-03-05;8\n");

        // A preview is made where it is asked for: each node reads the file for itself.
        foreach (var server in nodes.Servers)
        {
            var preview = await server.Client.JsonAsync($"/api/sessions/{session}/reading");
            Assert.Equal(2, preview.GetProperty("rows").GetInt64());
            Assert.Equal("Days", (await server.Client.JsonAsync($"/api/sessions/{session}")).Text("name"));
        }

        var answer = await AskAsync(nodes.Servers[1].Client, new { session, mode = "execute", sql = "SELECT sum(amount) AS total FROM data" });
        Assert.Equal("15", answer.GetProperty("rows")[0][0].ToString());
        using var deleted = await nodes.Servers[1].Client.DeleteAsync($"/api/sessions/{session}");
        using var sought = await nodes.Servers[0].Client.GetAsync($"/api/sessions/{session}");
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (deleted.StatusCode, sought.StatusCode));
    }

    [Fact]
    public async Task A_question_of_a_job_is_answered_once_at_any_node_and_refused_as_by_the_one_that_runs_it()
    {
        var session = await SessionAsync("Prices", "region,open,list_open,n\nWest,1,2,3\nEast,4,8,5\n");
        using var asked = await nodes.Servers[0].Client.PostAsync(
            "/api/jobs", WebServer.Json(new { kind = "analysis", input = new { session, question = "average quote" } }));
        var id = (await WebServer.ReadAsync(asked)).Id();
        var owner = await nodes.OwnerOfAsync(id);
        var others = nodes.Servers.Where(server => server != owner).ToList();
        JsonElement state = default;
        await Patience.UntilAsync(
            async () => (state = await others[0].Client.JsonAsync($"/api/jobs/{id}")).Text("state") == "waitingForInput", "the job asks");
        var requestId = state.GetProperty("pendingInput").Text("requestId");

        foreach (var server in nodes.Servers)
        {
            using var wrong = await AnswerAsync(server, id, "another", "list_open");
            await wrong.IsProblemAsync(409, "wrong_request");
            using var invalid = await AnswerAsync(server, id, requestId, "close");
            await invalid.IsProblemAsync(409, "invalid_answer");
        }

        // Of two that answer at once, one is heard.
        var both = await Task.WhenAll(others.Select(server => AnswerAsync(server, id, requestId, "list_open")));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], both.Select(answer => answer.StatusCode).Order());

        Assert.Equal("succeeded", (await others[1].Client.EndAsync(id)).Text("state"));
        var log = await others[0].Client.LogAsync(id);
        LogAssert.EndsWith("succeeded", log);
        Assert.Single(log, e => e.Type == "inputReceived");
    }

    private static Task<HttpResponseMessage> AnswerAsync(ServerProcess server, string job, string? requestId, string answer) =>
        server.Client.PostAsync($"/api/jobs/{job}/answers", WebServer.Json(new { requestId, answer }));

    /// <summary>Uploads a table at two nodes and makes a session over it at the third.</summary>
    private async Task<string> SessionAsync(string name, string table)
    {
        var file = Encoding.UTF8.GetBytes(table);
        var upload = await nodes.Servers[0].Client.BeginUploadAsync(file.Length, "table.csv");
        await nodes.Servers[1].Client.SendAsync(upload, 0, file);
        using var made = await nodes.Servers[2].Client.PostAsync("/api/sessions", WebServer.Json(new { file = upload, name }));
        return (await WebServer.ReadAsync(made)).Text("id")!;
    }

    private static async Task IngestAsync(HttpClient client, string collection, params (string Id, string Text)[] documents) => await RunAsync(
        client, "ingest", new { collection, documents = documents.Select(d => new { id = d.Id, text = d.Text }) });

    private static async Task<JsonElement> AskAsync(HttpClient client, object input) =>
        await client.JsonAsync($"/api/jobs/{await RunAsync(client, "analysis", input)}/result");

    private static async Task<string> RunAsync(HttpClient client, string kind, object input)
    {
        using var response = await client.PostAsync("/api/jobs", WebServer.Json(new { kind, input }));
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, $"{response.StatusCode}: {body}");
        var id = JsonDocument.Parse(body).RootElement.Id();
        var end = await client.EndAsync(id);
        Assert.True(end.Text("state") == "succeeded", end.ToString());
        return id;
    }

    private static async Task<List<string>> FoundAsync(HttpClient client, string collection, string question) =>
        [.. (await client.JsonAsync($"/api/collections/{collection}/search?q={question}&limit=1")).GetProperty("hits").EnumerateArray()
            .Select(hit => hit.GetProperty("passage").Text("documentId")!)];
}
