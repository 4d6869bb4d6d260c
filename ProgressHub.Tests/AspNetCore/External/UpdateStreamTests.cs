using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.External;

public sealed class UpdateStreamTests(ExternalServer server) : IClassFixture<ExternalServer>
{
    private const string Ndjson = "application/x-ndjson";

    [Fact]
    public async Task Lines_are_applied_and_answered_while_the_request_lasts()
    {
        var (id, token) = await server.BeginAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(server.Client.BaseAddress!.Host, server.Client.BaseAddress.Port);
        var stream = client.GetStream();
        using var answers = new StreamReader(stream);
        await SendAsync(
            $"POST /api/jobs/{id}/updates HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n" +
            $"Content-Type: {Ndjson}\r\nTransfer-Encoding: chunked\r\n\r\n");

        await SendChunkAsync("""{"number":1,"log":{"message":"one"}}""");
        await SendChunkAsync("\r\n");
        Assert.Equal(1, (await AnswerAsync()).GetProperty("number").GetInt32());
        var lines = await server.LinesAsync(id);
        await SendChunkAsync("\n{\"number\":2,\"log\":{\"message\":\"two\"}}");
        await SendAsync("0\r\n\r\n");
        var last = await AnswerAsync();
        while (last.GetProperty("number").GetInt32() < 2)
            last = await AnswerAsync();

        Assert.Equal(["one"], lines);
        Assert.Equal(["one", "two"], await server.LinesAsync(id));

        async Task SendAsync(string text) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text));

        Task SendChunkAsync(string text) => SendAsync($"{text.Length:x}\r\n{text}\r\n");

        async Task<JsonElement> AnswerAsync()
        {
            while (true)
            {
                if (await answers.ReadLineAsync().Soon() is var line && line!.StartsWith("{\"seq\"", StringComparison.Ordinal))
                    return JsonElement.Parse(line);
            }
        }
    }

    [Fact]
    public async Task Thousands_of_lines_keep_their_order_and_sent_again_change_nothing()
    {
        var (id, token) = await server.BeginAsync();
        var body = string.Concat(Enumerable.Range(1, 900).Select(n => $$$"""{"number":{{{n}}},"fraction":{{{n}}}e-3,"log":{"message":"{{{n}}}"}}""" + "\n"));

        for (var i = 0; i < 2; i++)
        {
            using var response = await server.PostAsync(id, token, "updates", body, Ndjson);
            var last = (await response.Content.ReadAsStringAsync().Soon()).TrimEnd().Split('\n')[^1];
            Assert.Equal(900, JsonElement.Parse(last).GetProperty("number").GetInt32());
        }

        var logged = new List<string>();
        for (var after = 0L; ; )
        {
            var page = await server.GetAsync($"/api/jobs/{id}/events?format=json&limit=1000&after={after}");
            logged.AddRange(page.GetProperty("events").EnumerateArray().Where(e => e.Text("type") == "log").Select(e => e.Text("message")!));
            if (page.GetProperty("next").ValueKind == JsonValueKind.Null)
                break;
            after = page.GetProperty("next").GetInt64();
        }

        Assert.Equal(Enumerable.Range(1, 900).Select(n => $"{n}"), logged);
    }

    [Theory]
    [InlineData("{\"number\":2,", 400, "malformed_json")]
    [InlineData("{\"number\":2,\n{\"number\":3}", 400, "malformed_json")]
    [InlineData("{\"number\":0}\n{\"number\":3}", 422, "invalid_update")]
    [InlineData("{\"stage\":\"other\"}\n", 422, "unknown_stage")]
    public async Task A_line_at_fault_is_named_and_those_before_it_count(string lines, int status, string code)
    {
        var (id, token) = await server.BeginAsync();

        using var response = await server.PostAsync(
            id, token, "updates", """{"number":1,"log":{"message":"good"}}""" + "\n" + lines, Ndjson);

        var body = (await response.Content.ReadAsStringAsync().Soon()).TrimEnd().Split('\n')[^1];
        var problem = JsonElement.Parse(body);
        Assert.Equal((status, code, 2), (problem.GetProperty("status").GetInt32(), problem.Text("code"), problem.GetProperty("line").GetInt32()));
        Assert.Equal(["good"], await server.LinesAsync(id));
        Assert.Equal(1, (await server.TellAsync(id, token, "{}")).GetProperty("number").GetInt32());
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_refused_with_or_without_its_end()
    {
        var (id, token) = await server.BeginAsync();
        var line = $$$"""{"log":{"message":"{{{new string('x', 300_000)}}}"}}""";

        foreach (var body in (string[])[line, line + "\n", new string(' ', 300_000)])
        {
            using var response = await server.PostAsync(id, token, "updates", body, Ndjson);

            Assert.Equal(1, (await response.IsProblemAsync(413, "line_too_long")).GetProperty("line").GetInt32());
        }

        Assert.Empty(await server.LinesAsync(id));
    }

    [Fact]
    public async Task What_came_whole_before_the_connection_broke_is_applied_and_the_half_line_is_not()
    {
        var (id, token) = await server.BeginAsync();
        var whole = """{"number":1,"log":{"message":"whole"}}""" + "\n";
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(server.Client.BaseAddress!.Host, server.Client.BaseAddress.Port);
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"POST /api/jobs/{id}/updates HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n" +
                $"Content-Type: {Ndjson}\r\nContent-Length: 1000\r\n\r\n{whole}{{\"number\":2,\"log\":{{\"mess"));
            await Patience.UntilAsync(async () => (await server.LinesAsync(id)).Count > 0, "the whole line is applied");
        }

        var answer = await server.TellAsync(id, token, """{"number":2,"log":{"message":"again"}}""");

        Assert.Equal(2, answer.GetProperty("number").GetInt32());
        Assert.Equal(["whole", "again"], await server.LinesAsync(id));
    }

    [Fact]
    public async Task An_ended_job_takes_no_stream()
    {
        var (id, token) = await server.BeginAsync();
        using var complete = await server.PostAsync(id, token, "complete", "");

        using var response = await server.PostAsync(id, token, "updates", "{}\n", Ndjson);

        await response.IsProblemAsync(409, "job_finished");
    }
}
