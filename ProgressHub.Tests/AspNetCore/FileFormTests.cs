using System.Net;
using System.Text.Json;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore;

/// <summary>Forms whose files are streamed to the disk.</summary>
public sealed class FileFormTests(UploadServer server) : IClassFixture<UploadServer>
{
    [Fact]
    public async Task The_job_runs_and_shows_the_bytes_while_the_form_is_still_on_its_way()
    {
        var bytes = TusCalls.Bytes(200_000);
        var job = JobId.New().ToString();
        var file = new HeldContent(bytes.Length);
        using var form = Form(("kind", "hashing"), ("jobId", job), ("title", "Mine"));
        form.Add(file, "file", "C:\\talks\\talk.bin");
        var post = server.Client.PostAsync("/api/jobs", form);
        file.Send(bytes[..50_000]);

        await Patience.UntilAsync(async () => await CurrentAsync(job) == 50_000, "the first bytes are shown");
        var progress = (await ProgressAsync(job))[^1];
        Assert.Equal(("uploading", 200_000, "bytes"), (progress.Text("stage"), progress.GetProperty("total").GetInt32(), progress.Text("unit")));
        file.Send(bytes[50_000..]);
        file.End();

        using var response = await post.Soon();
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(job, response.Headers.GetValues("X-Job-Id").Single());
        Assert.Equal((job, "Mine"), ((await WebServer.ReadAsync(response)).Id(), (await server.EndAsync(job)).Text("title")));
        Assert.Equal($"{TusCalls.Hash(bytes)} 200000 application/octet-stream talk.bin", await server.Client.GetStringAsync($"/api/jobs/{job}/result"));
    }

    [Fact]
    public async Task A_lost_connection_fails_the_job_at_once_and_leaves_nothing()
    {
        var before = server.Blobs;
        var job = JobId.New().ToString();
        var file = new HeldContent(100_000);
        using var form = Form(("kind", "hashing"), ("jobId", job));
        form.Add(file, "file", "talk.bin");
        var post = server.Client.PostAsync("/api/jobs", form);
        file.Send(TusCalls.Bytes(50_000));
        await Patience.UntilAsync(async () => await CurrentAsync(job) == 50_000, "the first bytes are shown");

        file.Break();

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => post.Soon());
        var ended = await server.EndAsync(job);
        Assert.Equal(("failed", "upload_incomplete"), (ended.Text("state"), ended.GetProperty("error").Text("code")));
        await Patience.UntilAsync(() => server.Blobs.Length <= before.Length, "the bytes are gone");
        Assert.Empty((await server.GetAsync($"/api/jobs/{job}/files")).GetProperty("files").EnumerateArray());
    }

    [Fact]
    public async Task Canceling_the_job_ends_the_form()
    {
        var before = server.Blobs;
        var job = JobId.New().ToString();
        var file = new HeldContent(100_000);
        using var form = Form(("kind", "hashing"), ("jobId", job));
        form.Add(file, "file", "talk.bin");
        var post = server.Client.PostAsync("/api/jobs", form);
        file.Send(TusCalls.Bytes(50_000));
        await Patience.UntilAsync(async () => await CurrentAsync(job) == 50_000, "the first bytes are shown");

        using var cancel = await server.Client.PostAsync($"/api/jobs/{job}/cancel", null);

        Assert.Equal("canceled", (await server.EndAsync(job)).Text("state"));
        await Patience.UntilAsync(() => server.Blobs.Length <= before.Length, "the bytes are gone");

        // This client reads no answer before it has sent all, or finds that it can't.
        file.Break();
        await post.ContinueWith(_ => { }, TaskScheduler.Default).Soon();
    }

    [Fact]
    public async Task Several_files_make_one_job_where_its_kind_takes_several()
    {
        using var form = Form(("kind", "hashing-many"));
        for (var i = 0; i < 3; i++)
            form.Add(new ByteArrayContent(TusCalls.Bytes(10 + i, i)), "file", $"{i}.bin");
        using var response = await server.Client.PostAsync("/api/jobs", form);

        var job = (await WebServer.ReadAsync(response)).Id();
        Assert.Equal("succeeded", (await server.EndAsync(job)).Text("state"));
        Assert.Equal(
            Enumerable.Range(0, 3).Select(i => $"{TusCalls.Hash(TusCalls.Bytes(10 + i, i))} {10 + i} application/octet-stream {i}.bin"),
            (await server.Client.GetStringAsync($"/api/jobs/{job}/result")).Split('\n'));
    }

    [Fact]
    public async Task What_is_wrong_with_a_form_is_said_and_leaves_nothing()
    {
        using var two = WithFile(Form(("kind", "hashing")), 10);
        two.Add(new ByteArrayContent(new byte[10]), "file", "b.bin");
        using var fieldAfter = WithFile(Form(("kind", "hashing")), 10);
        fieldAfter.Add(new StringContent("late"), "title");
        using var kindAfter = WithFile(Form(), 10);
        kindAfter.Add(new StringContent("hashing"), "kind");
        using var both = WithFile(Form(("kind", "hashing"), ("input", """{"file":"x"}""")), 10);

        await RefusedAsync(two, 400, "too_many_files");
        await RefusedAsync(fieldAfter, 400, "fields_after_file");
        await RefusedAsync(kindAfter, 400, "fields_after_file");
        await RefusedAsync(both, 400, "invalid_body");
        await RefusedAsync(WithFile(Form(("kind", "hashing")), 0), 422, "empty_file");
        await RefusedAsync(WithFile(Form(("kind", "hashing")), 1_000_001), 413, "file_too_large");
        await RefusedAsync(WithFile(Form(("kind", "hashing"), ("jobId", "mine")), 10), 400, "invalid_body");
    }

    [Fact]
    public async Task The_same_form_again_is_the_same_job_and_an_id_serves_once()
    {
        var job = JobId.New().ToString();
        using var first = await SendAsync("k1", null);
        using var again = await SendAsync("k1", null);
        using var chosen = await SendAsync(null, job);
        using var taken = await SendAsync(null, job);

        Assert.Equal((await WebServer.ReadAsync(first)).Id(), (await WebServer.ReadAsync(again)).Id());
        Assert.Equal(job, (await WebServer.ReadAsync(chosen)).Id());
        await taken.IsProblemAsync(409, "job_id_taken");
        using var deleted = await server.Client.DeleteAsync($"/api/jobs/{(await server.EndAsync(job)).Id()}");
        using var gone = await SendAsync(null, job);
        await gone.IsProblemAsync(409, "job_id_taken");
    }

    [Fact]
    public async Task Other_bytes_under_the_same_name_and_key_are_another_request_and_harm_nothing()
    {
        using var first = await SendBytesAsync("d14", TusCalls.Bytes(300_000));
        using var longer = await SendBytesAsync("d14", TusCalls.Bytes(300_001));
        using var other = await SendBytesAsync("d14", TusCalls.Bytes(300_000, 2));
        using var same = await SendBytesAsync("d14", TusCalls.Bytes(300_000));

        var job = (await WebServer.ReadAsync(first)).Id();
        await longer.IsProblemAsync(409, "idempotency_key_reused");
        await other.IsProblemAsync(409, "idempotency_key_reused");
        Assert.Equal(job, (await WebServer.ReadAsync(same)).Id());
        Assert.Equal("succeeded", (await server.EndAsync(job)).Text("state"));
        Assert.StartsWith(
            $"{TusCalls.Hash(TusCalls.Bytes(300_000))} ", await server.Client.GetStringAsync($"/api/jobs/{job}/result"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, HttpStatusCode.Accepted)]
    [InlineData(2, HttpStatusCode.Conflict)]
    public async Task A_form_that_comes_again_while_the_first_is_on_its_way_is_decided_at_its_end(int seed, HttpStatusCode status)
    {
        var bytes = TusCalls.Bytes(100_000, 1);
        var job = JobId.New().ToString();
        var held = new HeldContent(bytes.Length);
        using var form = Form(("kind", "hashing"), ("jobId", job));
        form.Add(held, "file", "a.bin");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/jobs") { Content = form };
        request.Headers.Add("Idempotency-Key", $"held-{seed}");
        var post = server.Client.SendAsync(request);
        held.Send(bytes[..50_000]);
        await Patience.UntilAsync(async () => await CurrentAsync(job) == 50_000, "the first bytes are shown");

        // The second differs, if at all, in what the first has not sent yet.
        var again = SendBytesAsync($"held-{seed}", [.. bytes[..50_000], .. TusCalls.Bytes(100_000, seed)[50_000..]]);
        held.Send(bytes[50_000..]);
        held.End();

        using var first = await post.Soon();
        using var second = await again.Soon();
        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        Assert.Equal(status, second.StatusCode);
        Assert.Equal("succeeded", (await server.EndAsync(job)).Text("state"));
    }

    [Fact]
    public async Task Several_files_are_compared_too()
    {
        using var first = await SendManyAsync("many", 10, 20);
        using var same = await SendManyAsync("many", 10, 20);
        using var other = await SendManyAsync("many", 10, 21);

        Assert.Equal((await WebServer.ReadAsync(first)).Id(), (await WebServer.ReadAsync(same)).Id());
        await other.IsProblemAsync(409, "idempotency_key_reused");
    }

    private async Task<HttpResponseMessage> SendManyAsync(string key, params int[] lengths)
    {
        var form = Form(("kind", "hashing-many"));
        for (var i = 0; i < lengths.Length; i++)
            form.Add(new ByteArrayContent(TusCalls.Bytes(lengths[i])), "file", $"{i}.bin");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/jobs") { Content = form };
        request.Headers.Add("Idempotency-Key", key);
        return await server.Client.SendAsync(request);
    }

    private async Task<HttpResponseMessage> SendBytesAsync(string key, byte[] bytes)
    {
        var form = Form(("kind", "hashing"));
        form.Add(new ByteArrayContent(bytes), "file", "a.bin");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/jobs") { Content = form };
        request.Headers.Add("Idempotency-Key", key);
        return await server.Client.SendAsync(request);
    }

    private static MultipartFormDataContent Form(params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        return form;
    }

    private static MultipartFormDataContent WithFile(MultipartFormDataContent form, int length)
    {
        form.Add(new ByteArrayContent(TusCalls.Bytes(length)), "file", "a.bin");
        return form;
    }

    private async Task<HttpResponseMessage> SendAsync(string? key, string? job)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/jobs");
        request.Content = WithFile(job is null ? Form(("kind", "hashing")) : Form(("kind", "hashing"), ("jobId", job)), 500_000);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await server.Client.SendAsync(request);
    }

    private async Task RefusedAsync(MultipartFormDataContent form, int status, string code)
    {
        var before = server.Blobs.ToHashSet();
        using var response = await server.Client.PostAsync("/api/jobs", form);
        await response.IsProblemAsync(status, code);
        if (response.Headers.TryGetValues("X-Job-Id", out var ids))
            Assert.Equal("failed", (await server.EndAsync(ids.Single())).Text("state"));
        await Patience.UntilAsync(() => server.Blobs.All(before.Contains), "nothing is left");
    }

    private async Task<List<JsonElement>> ProgressAsync(string job)
    {
        using var response = await server.Client.GetAsync($"/api/jobs/{job}/events?format=json&limit=1000");
        return response.StatusCode != HttpStatusCode.OK ? []
            : [.. (await WebServer.ReadAsync(response)).GetProperty("events").EnumerateArray().Where(e => e.Text("type") == "progress")];
    }

    private async Task<double?> CurrentAsync(string job) =>
        (await ProgressAsync(job)).LastOrDefault() is { ValueKind: JsonValueKind.Object } last && last.TryGetProperty("current", out var current)
            ? current.GetDouble() : null;
}
