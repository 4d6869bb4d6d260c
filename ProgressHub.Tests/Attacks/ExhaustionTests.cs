using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Attacks;

/// <summary>Whoever takes more than a share of pages, connections or events is stopped, and everybody else goes on.</summary>
public sealed class ExhaustionTests
{
    [Fact]
    public async Task Pages_beyond_the_limit_are_told_so_until_one_closes()
    {
        await using var server = await ServerProcess.StartNewAsync(("Limits:LivePages", "2"));
        using var first = await OpenPageAsync(server);
        var second = await OpenPageAsync(server);

        using (var refused = await server.Client.PostAsync("/_blazor/negotiate?negotiateVersion=1", null))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
            Assert.Equal("too_many_pages", (await WebServer.ReadAsync(refused)).Text("code"));
        }

        using (var page = await server.Client.GetAsync("/"))
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        second.Dispose();
        await Patience.UntilAsync(
            async () =>
            {
                using var again = await server.Client.PostAsync("/_blazor/negotiate?negotiateVersion=1", null);
                return again.StatusCode == HttpStatusCode.OK;
            },
            "there is room again");
    }

    [Fact]
    public async Task Connections_beyond_the_limit_are_closed_and_those_there_are_served()
    {
        const int Limit = 32;
        await using var server = await ServerProcess.StartNewAsync(("Limits:Connections", $"{Limit}"));
        var held = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 2 * Limit; i++)
            {
                var client = new TcpClient();
                held.Add(client);
                await client.ConnectAsync(server.Address.Host, server.Address.Port).Soon();
            }

            // One that is closed has its end to read.
            await Patience.UntilAsync(() => held.Count(IsClosed) >= Limit, "those beyond the limit are closed");
            Assert.True(held.Count(c => !IsClosed(c)) <= Limit);
            var open = held.First(c => !IsClosed(c));
            await open.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /health/live HTTP/1.1\r\nHost: {server.Address.Authority}\r\n\r\n"));
            var answer = new byte[12];
            await open.GetStream().ReadExactlyAsync(answer).AsTask().Soon();
            Assert.Equal("HTTP/1.1 200", Encoding.ASCII.GetString(answer));
        }
        finally
        {
            held.ForEach(client => client.Dispose());
        }
    }

    [Fact]
    public async Task A_program_that_never_stops_reporting_fails_its_job_and_fills_no_disk()
    {
        await using var server = await ServerProcess.StartNewAsync(("Execution:MaxEvents", "1000"));
        var (id, token) = await SubmitAsync(server);
        var lines = string.Concat(Enumerable.Range(0, 40).Select(i => $$"""{"log":[{{string.Join(',', Enumerable.Repeat("""{"message":"x"}""", 100))}}]}""" + "\n"));
        var answered = "";
        for (var i = 0; i < 20 && !answered.Contains("job_finished", StringComparison.Ordinal); i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/jobs/{id}/updates") { Content = new StringContent(lines, Encoding.UTF8, "application/x-ndjson") };
            request.Headers.Authorization = new("Bearer", token);
            using var answer = await server.Client.SendAsync(request);
            answered = await answer.Content.ReadAsStringAsync();
        }

        Assert.Contains("job_finished", answered, StringComparison.Ordinal);
        var ended = await server.Client.EndAsync(id);
        Assert.Equal("too_many_events", ended.GetProperty("error").Text("code"));
        Assert.InRange(ended.GetProperty("seq").GetInt64(), 1000, 1000 + (256 * 101));
        server.AssertCalm();
    }

    [Fact]
    public async Task Bytes_of_events_are_bounded_too()
    {
        await using var server = await ServerProcess.StartNewAsync(("Execution:MaxEventBytes", $"{1024 * 1024}"));
        var (id, token) = await SubmitAsync(server);
        for (var i = 0; i < 400; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/jobs/{id}/updates")
            {
                Content = WebServer.Json(new { partial = new { index = i, text = new string('x', 10_000) } }),
            };
            request.Headers.Authorization = new("Bearer", token);
            using var answer = await server.Client.SendAsync(request);
            if (answer.StatusCode == HttpStatusCode.Conflict)
                break;
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        }

        Assert.Equal("too_many_events", (await server.Client.EndAsync(id)).GetProperty("error").Text("code"));
    }

    [Fact]
    public async Task Names_that_turn_text_round_read_as_what_they_are()
    {
        await using var server = await ServerProcess.StartNewAsync();
        using var form = new MultipartFormDataContent
        {
            { new StringContent("translation"), "kind" },
            { new StringContent("cod\u202egnp.exe"), "title" },
            { new StringContent("""{"targetLanguage":"eo","engine":"pseudo"}"""), "input" },
            { new StringContent("Hello"), "file", "cod\u202egnp.txt" },
        };
        using var submitted = await server.Client.PostAsync("/api/jobs", form);
        var job = await WebServer.ReadAsync(submitted);
        await server.Client.EndAsync(job.Id());

        Assert.Equal("codgnp.exe", job.Text("title"));
        var files = await server.Client.GetStringAsync($"/api/jobs/{job.Id()}/files");
        Assert.DoesNotContain("202e", files, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u202e', files);
        using var result = await server.Client.GetAsync($"/api/jobs/{job.Id()}/result?download=true");
        Assert.DoesNotContain("%E2%80%AE", string.Join(' ', result.Content.Headers.ContentDisposition?.ToString()), StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<(string Id, string Token)> SubmitAsync(ServerProcess server)
    {
        using var made = await server.Client.PostAsync("/api/jobs", WebServer.Json(new { kind = "external", input = new { } }));
        var job = await WebServer.ReadAsync(made);
        return (job.Id(), job.Text("writeToken")!);
    }

    private static async Task<ClientWebSocket> OpenPageAsync(ServerProcess server)
    {
        using var negotiated = await server.Client.PostAsync("/_blazor/negotiate?negotiateVersion=1", null);
        negotiated.EnsureSuccessStatusCode();
        var token = JsonElement.Parse(await negotiated.Content.ReadAsStringAsync()).GetProperty("connectionToken").GetString();
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{server.Address.Authority}/_blazor?id={token}"), CancellationToken.None).Soon();
        return socket;
    }

    private static bool IsClosed(TcpClient client) => client.Client.Poll(0, SelectMode.SelectRead) && client.Client.Available == 0;
}
