using System.Globalization;
using System.Net;
using System.Text.Json;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.EndToEnd;

/// <summary>Large files and the real server as a process: bounded memory, and uploads that go on after SIGKILL.</summary>
public sealed class UploadProcessTests
{
    private const int Mebi = 1024 * 1024;
    private static readonly byte[] Piece = TusCalls.Bytes(Mebi);

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused_with_little_memory_and_leaves_nothing()
    {
        await using var server = await StartAsync();
        using var warm = Form(JobId.New().ToString(), new PiecesContent(1));
        using (await server.Client.PostAsync("/api/jobs", warm))
        {
        }

        var before = PeakMemory(server);
        using var form = Form(JobId.New().ToString(), new PiecesContent(600));

        using var response = await server.Client.PostAsync("/api/jobs", form);

        await response.IsProblemAsync(413, "file_too_large");
        var grown = PeakMemory(server) - before;
        Assert.True(grown < 200L * Mebi, $"Memory grew by {grown / Mebi} MiB.");
        var ended = await server.Client.EndAsync(response.Headers.GetValues("X-Job-Id").Single());
        Assert.Equal("failed", ended.Text("state"));
        Assert.DoesNotContain(Blobs(server), f => new FileInfo(f).Length > 100 * Mebi);
        server.AssertCalm();
    }

    [Fact]
    public async Task Whoever_watches_sees_the_bytes_of_a_form_arrive_while_it_is_open()
    {
        await using var server = await StartAsync();
        var job = JobId.New().ToString();
        var content = new HeldContent(50L * Mebi);
        using var form = Form(job, content);
        var post = server.Client.PostAsync("/api/jobs", form);
        content.Send(Piece);
        await Patience.UntilAsync(async () =>
        {
            using var response = await server.Client.GetAsync($"/api/jobs/{job}");
            return response.StatusCode == HttpStatusCode.OK;
        }, "the job is there");
        await using var stream = await EventStream.OpenAsync(server.Client, $"/api/jobs/{job}/events?after=0");

        var sent = 1;
        var seen = new List<double>();
        while (await stream.NextAsync() is { } item && item.EventType != "done")
        {
            if (item.EventType != "progress")
                continue;
            var data = JsonDocument.Parse(item.Data).RootElement;
            if (!data.TryGetProperty("current", out _))
                continue;
            Assert.Equal(50d * Mebi, data.GetProperty("total").GetDouble());
            if (data.Text("stage") == "uploading")
                seen.Add(data.GetProperty("current").GetDouble());

            // The next bytes are sent once these were seen, but for a few that could be the beginning of the form's end:
            // what is seen is seen while the form is open.
            for (; sent < 50 && seen[^1] >= (sent * (double)Mebi) - 200; sent++)
            {
                Assert.False(post.IsCompleted);
                content.Send(Piece);
            }

            if (sent == 50)
                content.End();
        }

        Assert.Equal(seen.Order(), seen);
        Assert.True(seen.Distinct().Count() >= 20, string.Join(", ", seen));
        using var answer = await post.Soon();
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("succeeded", (await server.Client.EndAsync(job)).Text("state"));
        server.AssertCalm();
    }

    [Fact]
    public async Task Killed_between_and_amid_the_pieces_an_upload_goes_on_and_arrives_byte_for_byte()
    {
        await using var server = await StartAsync();
        var bytes = TusCalls.Bytes(30 * Mebi);
        var id = await server.Client.BeginUploadAsync(bytes.Length);
        var job = await server.Client.SubmitFileAsync(id);
        await server.Client.SendAsync(id, 0, bytes[..(5 * Mebi)]);

        await server.KillAsync();
        await server.StartAsync();
        Assert.Equal(5 * Mebi, await server.Client.OffsetAsync(id));

        var held = new HeldContent(25 * Mebi);
        var cut = server.Client.PatchAsync(id, 5 * Mebi, held);
        held.Send(bytes[(5 * Mebi)..(20 * Mebi)]);
        await Patience.UntilAsync(
            async () => (await server.Client.JsonAsync($"/api/uploads/{id}")).GetProperty("offset").GetInt64() == 20 * Mebi, "the bytes are there");
        await server.KillAsync();
        held.End();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => cut.Soon());
        await server.StartAsync();

        var offset = (int)await server.Client.OffsetAsync(id);
        Assert.InRange(offset, 5 * Mebi, 20 * Mebi);
        await server.Client.SendAsync(id, offset, bytes[offset..]);
        Assert.Equal("succeeded", (await server.Client.EndAsync(job)).Text("state"));
        Assert.StartsWith(TusCalls.Hash(bytes), await server.Client.GetStringAsync($"/api/jobs/{job}/result"), StringComparison.Ordinal);
        server.AssertCalm();
    }

    private static Task<ServerProcess> StartAsync() => ServerProcess.StartNewAsync([.. HashingStartup.Settings, ("Uploads:MinFreeBytes", "0")]);

    private static MultipartFormDataContent Form(string job, HttpContent file)
    {
        var form = new MultipartFormDataContent { { new StringContent("hashing"), "kind" }, { new StringContent(job), "jobId" } };
        form.Add(file, "file", "large.bin");
        return form;
    }

    private static string[] Blobs(ServerProcess server) =>
        Directory.GetFiles(Path.Combine(server.DataDirectory, "blobs"), "*", SearchOption.AllDirectories);

    // The most it ever had resident, however short; Linux tells it in KiB.
    private static long PeakMemory(ServerProcess server) => 1024 * long.Parse(
        File.ReadLines($"/proc/{server.ProcessId}/status").Single(l => l.StartsWith("VmHWM:", StringComparison.Ordinal))
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);

    /// <summary>A body of so many mebibytes that takes none of our own memory.</summary>
    private sealed class PiecesContent(int pieces) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (var i = 0; i < pieces; i++)
                await stream.WriteAsync(Piece);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = (long)pieces * Mebi;
            return true;
        }
    }
}
