using System.Net;
using System.Net.Http.Json;
using System.Runtime.Versioning;
using System.Text.Json;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.EndToEnd;

/// <summary>A disk on which no write works for a while: everybody is told 503, nothing is lost, and all goes on by itself.</summary>
[SupportedOSPlatform("linux")]
public sealed class FailingDiskTests
{
    private const int Documents = 200;

    [Fact]
    public async Task While_no_write_works_all_are_told_so_and_afterwards_everything_goes_on()
    {
        await using var server = ServerProcess.Prepare(("Storage:MinFreeBytes", "0"), ("Uploads:MinFreeBytes", "0"), ("Execution:MaxRetryDelay", "00:00:01"));
        server.IgnoresFileSizeSignal = true;
        await server.StartAsync();
        var program = await ReportingJob.SubmitAsync(server.Client);
        Assert.True(await program.ReportAsync());
        var collection = await PostAsync(server, "/api/collections", new { name = "Lamps", embedding = "hashed" }, HttpStatusCode.Created);
        var table = await UploadAsync(server, "n\n1\n2\n");
        using var begun = await BeginUploadAsync(server);
        var ingest = (await PostAsync(server, "/api/jobs", Ingest(collection.GetProperty("id").GetString()!), HttpStatusCode.Accepted)).Id();

        FailingDisk.Break(server.ProcessId);
        await Patience.UntilAsync(async () => await StatusAsync(server, "/health/ready") == HttpStatusCode.ServiceUnavailable, "readiness is red");
        await RefusedAsync(server, HttpMethod.Post, "/api/jobs", JsonContent.Create(new { kind = "external", input = new { } }));
        await RefusedAsync(server, HttpMethod.Post, "/api/jobs", JsonContent.Create(new { kind = "external", input = new { }, webhook = new { url = "https://example.org/hook" } }));
        await RefusedAsync(server, HttpMethod.Post, "/api/collections", JsonContent.Create(new { name = "Other" }));
        await RefusedAsync(server, HttpMethod.Post, "/api/sessions", JsonContent.Create(new { file = table }));
        await RefusedAsync(server, HttpMethod.Post, "/api/uploads", null, ("Tus-Resumable", "1.0.0"), ("Upload-Length", "5"));
        using var rest = new StringContent("hello");
        rest.Headers.ContentType = new("application/offset+octet-stream");
        await RefusedAsync(server, HttpMethod.Patch, begun.Headers.Location!.ToString(), rest, ("Tus-Resumable", "1.0.0"), ("Upload-Offset", "0"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, $"/api/jobs/{program.Id}"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, "/api/collections"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, "/health/live"));
        var reporting = program.ReportAsync();

        FailingDisk.Mend(server.ProcessId);
        await Patience.UntilAsync(async () => await StatusAsync(server, "/health/ready") == HttpStatusCode.OK, "readiness is green");
        Assert.True(await reporting);
        await program.AssertNothingLostAsync();
        await PostAsync(server, "/api/collections", new { name = "Other" }, HttpStatusCode.Created);
        await PostAsync(server, "/api/sessions", new { file = table }, HttpStatusCode.Created);
        await UploadAsync(server, "n\n3\n");
        var ended = await server.Client.EndAsync(ingest);
        Assert.True(ended.Text("state") == "succeeded", ended.ToString());
        Assert.Equal(Documents, ended.GetProperty("partials").GetProperty("ok").GetInt32());
    }

    [Fact]
    public async Task A_disk_that_is_nearly_full_takes_nothing_new_and_lets_go_of_what_is_there()
    {
        await using var server = await ServerProcess.StartNewAsync();
        var done = await server.Client.SubmitAsync(JobCalls.Pseudo("Hello"));
        await server.Client.EndAsync(done);
        var running = await ReportingJob.SubmitAsync(server.Client);
        Assert.True(await running.ReportAsync());
        await server.KillAsync();
        server.Settings["Storage:MinFreeBytes"] = $"{1L << 50}";

        await server.LaunchAsync().WaitAsync(Patience.Limit);

        await Patience.UntilAsync(async () => await StatusAsync(server, "/health/ready") == HttpStatusCode.ServiceUnavailable, "readiness is red");
        await RefusedAsync(server, HttpMethod.Post, "/api/jobs", JsonContent.Create(new { kind = "external", input = new { } }));
        await RefusedAsync(server, HttpMethod.Post, "/api/collections", JsonContent.Create(new { name = "Other" }));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, $"/api/jobs/{done}"));
        using var deleted = await server.Client.DeleteAsync($"/api/jobs/{done}");
        Assert.True(deleted.IsSuccessStatusCode, await deleted.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(server, $"/api/jobs/{done}"));
    }

    private static object Ingest(string collection) => new
    {
        kind = "ingest",
        input = new
        {
            collection,
            documents = Enumerable.Range(0, Documents).Select(i => new
            {
                id = $"{i}", title = $"Lamp {i}", text = string.Concat(Enumerable.Repeat($"Lamp {i} is lit by keeper {i}. ", 60)),
            }),
        },
    };

    private static async Task RefusedAsync(
        ServerProcess server, HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await server.Client.SendAsync(request);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable, $"{path}: {(int)answer.StatusCode} {body}");
        Assert.Equal("storage_unavailable", JsonElement.Parse(body).GetProperty("code").GetString());
    }

    private static async Task<JsonElement> PostAsync(ServerProcess server, string path, object body, HttpStatusCode expected)
    {
        using var answer = await server.Client.PostAsJsonAsync(path, body);
        Assert.True(answer.StatusCode == expected, $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<HttpResponseMessage> BeginUploadAsync(ServerProcess server)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/uploads");
        request.Headers.Add("Tus-Resumable", "1.0.0");
        request.Headers.Add("Upload-Length", "5");
        var answer = await server.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return answer;
    }

    private static async Task<string> UploadAsync(ServerProcess server, string text)
    {
        using var begin = new HttpRequestMessage(HttpMethod.Post, "/api/uploads")
        {
            Content = new StringContent(text) { Headers = { ContentType = new("application/offset+octet-stream") } },
        };
        begin.Headers.Add("Tus-Resumable", "1.0.0");
        begin.Headers.Add("Upload-Length", $"{text.Length}");
        begin.Headers.Add("Upload-Metadata", $"filename {Convert.ToBase64String("t.csv"u8)}");
        using var answer = await server.Client.SendAsync(begin);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location!.ToString().Split('/')[^1];
    }

    private static async Task<HttpStatusCode> StatusAsync(ServerProcess server, string path)
    {
        using var answer = await server.Client.GetAsync(path);
        return answer.StatusCode;
    }
}
