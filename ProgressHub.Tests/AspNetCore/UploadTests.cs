using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore;

/// <summary>tus 1.0 and the files of jobs, over a real port.</summary>
public sealed class UploadTests(UploadServer server) : IClassFixture<UploadServer>
{
    private HttpClient Client => server.Client;

    [Fact]
    public async Task A_file_comes_in_pieces_and_its_job_is_there_before_it()
    {
        var bytes = TusCalls.Bytes(50_000);
        var id = await Client.BeginUploadAsync(bytes.Length);
        var job = await Client.SubmitFileAsync(id);
        Assert.Equal(0, await Client.OffsetAsync(id));

        await Client.SendAsync(id, 0, bytes[..20_000]);
        Assert.Equal(20_000, await Client.OffsetAsync(id));
        var status = await server.GetAsync($"/api/uploads/{id}");
        Assert.Equal(("talk.bin", 20_000, 50_000, false), (status.Text("name"), status.GetProperty("offset").GetInt32(), status.GetProperty("length").GetInt32(), status.GetProperty("complete").GetBoolean()));
        await Client.SendAsync(id, 20_000, bytes[20_000..]);

        Assert.Equal("succeeded", (await server.EndAsync(job)).Text("state"));
        Assert.StartsWith($"{TusCalls.Hash(bytes)} 50000 ", await Client.GetStringAsync($"/api/jobs/{job}/result"), StringComparison.Ordinal);
        using var removed = await Client.TusAsync(HttpMethod.Delete, $"/api/uploads/{id}");
        await removed.IsProblemAsync(409, "upload_in_use");
    }

    [Fact]
    public async Task What_the_protocol_does_not_allow_is_refused_as_it_says()
    {
        var id = await Client.BeginUploadAsync(100, name: null);
        Assert.Equal("file", (await server.GetAsync($"/api/uploads/{id}")).Text("name"));
        await Client.SendAsync(id, 0, new byte[10]);

        using var wrongOffset = await Client.PatchAsync(id, 5, new byte[10]);
        using var tooMuch = await Client.PatchAsync(id, 10, new byte[91]);
        using var plain = await Client.TusAsync(HttpMethod.Patch, $"/api/uploads/{id}", ("Upload-Offset", "10"));
        using var noVersion = await Client.PostAsync("/api/uploads", null);
        using var noLength = await Client.TusAsync(HttpMethod.Post, "/api/uploads");
        using var large = await Client.TusAsync(HttpMethod.Post, "/api/uploads", ("Upload-Length", "1000001"));
        using var badName = await Client.TusAsync(HttpMethod.Post, "/api/uploads", ("Upload-Length", "1"), ("Upload-Metadata", "filename ***"));
        using var unknown = await Client.PatchAsync(new string('0', 32), 0, new byte[1]);
        using var noId = await Client.TusAsync(HttpMethod.Delete, "/api/uploads/..%2F..%2Fetc");

        await wrongOffset.IsProblemAsync(409, "offset_mismatch");
        await tooMuch.IsProblemAsync(413, "file_too_large");
        await plain.IsProblemAsync(415, "unsupported_media_type");
        await noVersion.IsProblemAsync(412, "unsupported_tus_version");
        Assert.Equal("1.0.0", noVersion.Headers.GetValues("Tus-Version").Single());
        await noLength.IsProblemAsync(400, "invalid_header");
        await large.IsProblemAsync(413, "file_too_large");
        await badName.IsProblemAsync(400, "invalid_header");
        await unknown.IsProblemAsync(404, "upload_not_found");
        Assert.Equal(HttpStatusCode.NotFound, noId.StatusCode);
        Assert.All([wrongOffset, tooMuch, large], r => Assert.Equal("1.0.0", r.Headers.GetValues("Tus-Resumable").Single()));
        using var head = await Client.TusAsync(HttpMethod.Head, $"/api/uploads/{new string('0', 32)}");
        Assert.Equal(HttpStatusCode.NotFound, head.StatusCode);
    }

    [Fact]
    public async Task The_server_tells_what_it_speaks_and_takes_the_first_bytes_with_the_creation()
    {
        using var options = await Client.SendAsync(new HttpRequestMessage(HttpMethod.Options, "/api/uploads"));
        Assert.Equal(HttpStatusCode.NoContent, options.StatusCode);
        Assert.Equal("1000000", options.Headers.GetValues("Tus-Max-Size").Single());
        Assert.Contains("creation", options.Headers.GetValues("Tus-Extension").Single(), StringComparison.Ordinal);

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/uploads") { Content = new ByteArrayContent([.. "RIFF"u8, 0, 0, 0, 0, .. "WAVE"u8]) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        request.Headers.Add("Tus-Resumable", "1.0.0");
        request.Headers.Add("Upload-Length", "12");
        using var created = await Client.SendAsync(request);
        Assert.Equal("12", created.Headers.GetValues("Upload-Offset").Single());
        var status = await server.GetAsync(created.Headers.Location!.ToString());
        Assert.Equal(("audio/wav", true), (status.Text("mediaType"), status.GetProperty("complete").GetBoolean()));
    }

    [Fact]
    public async Task A_sender_whose_connection_hangs_takes_over_from_itself()
    {
        var bytes = TusCalls.Bytes(1000);
        var id = await Client.BeginUploadAsync(1000);
        var hanging = new HeldContent(1000);
        var first = Client.PatchAsync(id, 0, hanging);
        hanging.Send(bytes[..300]);
        await Patience.UntilAsync(async () => (await server.GetAsync($"/api/uploads/{id}")).GetProperty("offset").GetInt32() == 300, "the bytes are here");

        Assert.Equal(300, await Client.OffsetAsync(id));
        await Client.SendAsync(id, 300, bytes[300..]);

        hanging.End();
        await first.ContinueWith(_ => { }, TaskScheduler.Default).Soon();
        var job = await Client.SubmitFileAsync(id);
        await server.EndAsync(job);
        Assert.StartsWith(TusCalls.Hash(bytes), await Client.GetStringAsync($"/api/jobs/{job}/result"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_of_a_job_are_listed_and_downloaded_whole_or_in_part_and_run_nothing()
    {
        var bytes = Encoding.UTF8.GetBytes("<script>alert(1)</script> and more");
        var id = await Client.BeginUploadAsync(bytes.Length, "evil.html");
        await Client.SendAsync(id, 0, bytes);
        var job = await Client.SubmitFileAsync(id);
        await server.EndAsync(job);

        var files = (await server.GetAsync($"/api/jobs/{job}/files")).GetProperty("files").EnumerateArray().ToList();
        Assert.Equal([("evil.html", "text/plain", false), ("digest.txt", "text/plain; charset=utf-8", true)],
            files.Select(f => (f.Text("name")!, f.Text("mediaType")!, f.GetProperty("derived").GetBoolean())));
        using var whole = await Client.GetAsync($"/api/jobs/{job}/files/{id}");
        Assert.Equal(bytes, await whole.Content.ReadAsByteArrayAsync());
        Assert.Contains("sandbox", whole.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", whole.Headers.GetValues("X-Content-Type-Options").Single());
        using var part = await AskAsync($"/api/jobs/{job}/files/{id}", r => r.Headers.Range = new RangeHeaderValue(8, 12));
        Assert.Equal((HttpStatusCode.PartialContent, "alert"), (part.StatusCode, await part.Content.ReadAsStringAsync()));
        using var same = await AskAsync($"/api/jobs/{job}/files/{id}", r => r.Headers.IfNoneMatch.Add(whole.Headers.ETag!));
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        using var named = await Client.GetAsync($"/api/jobs/{job}/files/digest.txt?download=true");
        Assert.Equal("digest.txt", named.Content.Headers.ContentDisposition!.FileName);
        using var none = await Client.GetAsync($"/api/jobs/{job}/files/none");
        await none.IsProblemAsync(404, "file_not_found");
        using var beyond = await AskAsync($"/api/jobs/{job}/files/{id}", r => r.Headers.Range = new RangeHeaderValue(5000, 6000));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
    }

    [Fact]
    public async Task A_job_takes_as_many_files_as_its_kind_and_only_files_there_are()
    {
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            ids.Add(await Client.BeginUploadAsync(10));
            await Client.SendAsync(ids[i], 0, TusCalls.Bytes(10, i));
        }

        var job = await Client.SubmitFileAsync(ids[..3], "hashing-many");
        await server.EndAsync(job);
        Assert.Equal(3, (await Client.GetStringAsync($"/api/jobs/{job}/result")).Split('\n').Length);
        await RefusedAsync(ids, "hashing-many", "too_many_files");
        await RefusedAsync(ids[..2], "hashing", "too_many_files");
        await RefusedAsync(new string('a', 32), "hashing", "unknown_file");
        await RefusedAsync(7, "hashing", "invalid_input");
    }

    private async Task RefusedAsync(object file, string kind, string code)
    {
        using var response = await Client.PostAsync("/api/jobs", WebServer.Json(new { kind, input = new { file } }));
        Assert.Equal("input.file", (await response.IsProblemAsync(422, code)).Text("property"));
    }

    private Task<HttpResponseMessage> AskAsync(string path, Action<HttpRequestMessage> change)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        change(request);
        return Client.SendAsync(request);
    }
}
