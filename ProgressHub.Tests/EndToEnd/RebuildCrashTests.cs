using System.Net;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.EndToEnd;

/// <summary>I8 for vectors that are made anew: killed in the middle, the old ones serve, and the job goes on.</summary>
public sealed class RebuildCrashTests
{
    private const int Documents = 400;

    [Fact]
    public async Task Killed_in_the_middle_a_rebuild_loses_nothing_and_ends()
    {
        await using var server = await ServerProcess.StartNewAsync();
        using var created = await server.Client.PostAsync("/api/collections", WebServer.Json(new { name = "Old", embedding = "hashed" }));
        var collection = (await WebServer.ReadAsync(created)).Text("id")!;
        using var filled = await server.Client.PostAsync("/api/jobs", WebServer.Json(new
        {
            kind = "ingest",
            input = new { collection, documents = Enumerable.Range(0, Documents).Select(i => new { id = $"d{i}", text = $"The valve number{i} of the pump is closed at noon by whoever is on duty that day." }) },
        }));
        await server.Client.EndAsync((await WebServer.ReadAsync(filled)).Id());
        Assert.Equal("minilm-1", (await server.Client.JsonAsync($"/api/collections/{collection}")).Text("better"));

        using var answer = await server.Client.PostAsync($"/api/collections/{collection}/rebuild", null);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var job = (await WebServer.ReadAsync(answer)).Id();
        await Patience.UntilAsync(async () => await FractionAsync(server, job) > 0.15, "some passages are embedded");
        await server.KillAsync();
        await server.StartAsync();

        Assert.Equal("d7", await FirstAsync(server, collection));
        Assert.Equal("succeeded", (await server.Client.EndAsync(job)).Text("state"));
        var after = await server.Client.JsonAsync($"/api/collections/{collection}");
        Assert.Equal(("minilm-1", Documents, 1409), (after.Text("embedding"), after.GetProperty("passages").GetInt32(), after.GetProperty("dimensions").GetInt32()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, after.GetProperty("better").ValueKind);
        Assert.Equal("d7", await FirstAsync(server, collection));
        Assert.Equal([$"{collection}.1-1409.vectors"], Directory.GetFiles(Path.Combine(server.DataDirectory, "knowledge", "vectors")).Select(Path.GetFileName));
        server.AssertCalm();
    }

    private static async Task<double> FractionAsync(ServerProcess server, string job) =>
        (await server.Client.JsonAsync($"/api/jobs/{job}")).TryGetProperty("fraction", out var fraction) && fraction.ValueKind == System.Text.Json.JsonValueKind.Number ? fraction.GetDouble() : 0;

    private static async Task<string?> FirstAsync(ServerProcess server, string collection) =>
        (await server.Client.JsonAsync($"/api/collections/{collection}/search?q=valve+number7+of+the+pump")).GetProperty("hits")[0].GetProperty("passage").Text("documentId");
}
