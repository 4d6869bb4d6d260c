using System.Text.Json;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.EndToEnd;

/// <summary>I8 for documents: killed in the middle, the server has each of them once.</summary>
public sealed class IngestCrashTests
{
    private const int Documents = 1000;

    [Fact]
    public async Task Killed_in_the_middle_of_a_thousand_documents_the_server_has_each_of_them_once()
    {
        await using var server = await ServerProcess.StartNewAsync();
        using var created = await server.Client.PostAsync("/api/collections", WebServer.Json(new { name = "Thousand" }));
        var collection = (await WebServer.ReadAsync(created)).Text("id");
        var input = new
        {
            collection,
            documents = Enumerable.Range(0, Documents).Select(i => new { id = $"d{i:0000}", text = $"{Word(i)} {string.Join(' ', Enumerable.Range(0, 60).Select(w => $"common{(i + w) % 97}"))}" }),
        };
        var id = await SubmitAsync(server, input);

        foreach (var least in (int[])[100, 400])
        {
            await Patience.UntilAsync(async () => await DoneAsync(server, id) >= least, $"{least} documents are done");
            await server.KillAsync();
            await server.StartAsync();
        }

        var ended = await server.Client.EndAsync(id);
        Assert.Equal("succeeded", ended.Text("state"));
        var result = await server.Client.JsonAsync($"/api/jobs/{id}/result");
        Assert.Equal((Documents, 0), (result.GetProperty("documents").GetInt32(), result.GetProperty("failed").GetInt32()));
        Assert.Equal(0, result.GetProperty("replaced").GetInt32());

        var partials = (await server.Client.LogAsync(id)).Where(e => e.Type == "partial").Select(e => e["index"].GetInt32()).ToList();
        Assert.Equal(Enumerable.Range(0, Documents), partials.Order());
        var whole = await server.Client.JsonAsync($"/api/collections/{collection}");
        Assert.Equal((Documents, Documents), (whole.GetProperty("documents").GetInt32(), whole.GetProperty("passages").GetInt32()));
        var listed = (await server.Client.JsonAsync($"/api/collections/{collection}/documents?limit=1000")).GetProperty("documents");
        Assert.Equal(Enumerable.Range(0, Documents).Select(i => $"d{i:0000}"), listed.EnumerateArray().Select(d => d.Text("id")));
        foreach (var i in (int[])[0, 99, 100, 101, 399, 400, 401, 700, 999])
        {
            var hits = (await server.Client.JsonAsync($"/api/collections/{collection}/search?q={Word(i)}")).GetProperty("hits");
            var hit = Assert.Single(hits.EnumerateArray(), h => h.GetProperty("coverage").GetDouble() > 0.9);
            Assert.Equal($"d{i:0000}", hit.GetProperty("passage").Text("documentId"));
            Assert.True(hit.GetProperty("cosine").GetDouble() > 0, $"Document {i} has its vector.");
        }

        var again = await SubmitAsync(server, input);
        await server.Client.EndAsync(again);
        Assert.Equal(Documents, (await server.Client.JsonAsync($"/api/jobs/{again}/result")).GetProperty("unchanged").GetInt32());
        server.AssertCalm();
    }

    private static async Task<string> SubmitAsync(ServerProcess server, object input)
    {
        using var response = await server.Client.PostAsync("/api/jobs", WebServer.Json(new { kind = "ingest", input }));
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, body);
        return JsonDocument.Parse(body).RootElement.Id();
    }

    private static async Task<int> DoneAsync(ServerProcess server, string id)
    {
        var snapshot = await server.Client.JsonAsync($"/api/jobs/{id}");
        return snapshot.GetProperty("partials").GetProperty("ok").GetInt32();
    }

    // Words that share no letters worth speaking of, so that each finds its own document.
    private static string Word(int i) => $"z{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(i)))[..14]}";
}
