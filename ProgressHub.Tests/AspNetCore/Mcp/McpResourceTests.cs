using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Mcp;

/// <summary>Logs, results and files that are longer than one answer: what is cut says where it goes on.</summary>
public sealed partial class McpResourceTests(McpServers server) : IClassFixture<McpServers>
{
    [Fact]
    public async Task A_long_log_is_read_in_pages_and_nothing_is_missing()
    {
        var script = server.Workload["log"];
        var id = (await server.SubmitAsync(run: "log")).Id();
        await script.DoAsync(async context =>
        {
            for (var i = 0; i < 300; i++)
                await context.LogAsync(JobLogLevel.Info, $"line {i}");
        });
        var running = await PagesAsync($"progresshub://jobs/{id}/log");
        script.End(new WorkloadOutcome(null));
        await server.EndAsync(id);
        var after = await PagesAsync($"progresshub://jobs/{id}/log");

        foreach (var text in (string[])[running, after])
            Assert.Equal(Enumerable.Range(0, 300).Select(i => $"line {i}"), Lines().Matches(text).Select(m => m.Groups[1].Value));
        Assert.Contains("[The job is running; there is no more yet. Read on at ", running, StringComparison.Ordinal);
        Assert.EndsWith(" ms\n", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_result_is_cut_in_a_call_and_whole_in_pages()
    {
        var text = string.Join(' ', Enumerable.Range(0, 900));
        server.Workload["long"].End(new WorkloadOutcome(ScriptedWorkload.Document(text)));
        var plain = new McpWire(server.Client) { TakesTasks = false };
        var said = (await plain.CallAsync("scripted", new { text = "x", run = "long" })).GetProperty("result").GetProperty("content")[0].Text("text")!;

        Assert.StartsWith(text[..1000], said, StringComparison.Ordinal);
        var on = Next().Match(said).Groups[1].Value;
        Assert.Equal(text[1000..], Next().Replace(await PagesAsync(on), ""));
    }

    [Fact]
    public async Task A_file_is_text_or_bytes_or_the_address_where_it_is_downloaded()
    {
        var script = server.Workload["files"];
        var id = (await server.SubmitAsync(run: "files")).Id();
        await script.DoAsync(async context =>
        {
            await context.AddFileAsync("small.bin", "application/octet-stream", new MemoryStream([1, 2, 3]));
            await context.AddFileAsync("large.bin", "application/octet-stream", new MemoryStream(new byte[2000]));
            await context.AddFileAsync("long.txt", "text/plain", new MemoryStream(Encoding.UTF8.GetBytes(new string('a', 1500) + "end")));
        });
        script.End(new WorkloadOutcome(ScriptedWorkload.Document("see the files")));
        await server.EndAsync(id);
        var uri = $"progresshub://jobs/{id}/files/small.bin";
        var small = await server.Wire.AskAsync("resources/read", new JsonObject { ["uri"] = uri }, uri);
        var status = await server.Wire.CallAsync("job_status", new { jobId = id });

        Assert.Equal("AQID", small.GetProperty("result").GetProperty("contents")[0].Text("blob"));
        Assert.Matches($"2000 bytes .* GET /api/jobs/{id}/files/[0-9a-f]{{32}}", await server.Wire.ReadAsync($"progresshub://jobs/{id}/files/large.bin"));
        Assert.Equal(new string('a', 1500) + "end", Next().Replace(await PagesAsync($"progresshub://jobs/{id}/files/long.txt"), ""));
        Assert.Equal(
            ["large.bin", "long.txt", "small.bin"],
            status.GetProperty("result").GetProperty("content").EnumerateArray().Where(b => b.Text("type") == "resource_link").Select(b => b.Text("name")).Order());
    }

    [Fact]
    public async Task The_listing_is_in_pages()
    {
        var wire = new McpWire(server.Client) { Owner = "collector", TakesTasks = false };
        for (var i = 0; i < 30; i++)
            await wire.CallAsync("scripted", new { text = $"{i}" });
        var (seen, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = (await wire.AskAsync("resources/list", cursor is null ? [] : new JsonObject { ["cursor"] = cursor })).GetProperty("result");
            seen.AddRange(page.GetProperty("resources").EnumerateArray().Select(r => r.Text("uri")!));
            cursor = page.TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);

        Assert.Equal(90, seen.Distinct().Count());
        Assert.Equal(30, seen.Count(uri => uri.EndsWith("/result", StringComparison.Ordinal)));
    }

    private async Task<string> PagesAsync(string uri)
    {
        var text = new StringBuilder();
        var read = new HashSet<string>();
        while (read.Add(uri))
        {
            var page = await server.Wire.ReadAsync(uri);
            text.Append(page);
            if (Next().Match(page) is not { Success: true } next)
                break;
            Assert.True(page.Length < 1500, $"{page.Length} characters");
            uri = next.Groups[1].Value;
        }

        return text.ToString();
    }

    [GeneratedRegex(@"\n?\[[^\[\]]*Read on at (progresshub://[^\]]+)\]")]
    private static partial Regex Next();

    [GeneratedRegex("info (line [0-9]+)\n")]
    private static partial Regex Lines();
}
