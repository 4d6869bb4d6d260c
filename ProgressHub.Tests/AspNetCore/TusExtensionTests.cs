using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore;

/// <summary>tus's extensions: pieces put together, a length that comes later, checksums, files without a byte.</summary>
public sealed class TusExtensionTests(UploadServer server) : IClassFixture<UploadServer>
{
    private const string Bytes = "application/offset+octet-stream";

    private HttpClient Client => server.Client;

    public static TheoryData<string, string, string> BadHeaders => new()
    {
        { "Upload-Concat", "final", "invalid_header" }, { "Upload-Concat", "final;", "invalid_header" }, { "Upload-Concat", "final; ", "invalid_header" },
        { "Upload-Concat", "Partial", "invalid_header" }, { "Upload-Concat", "final;/api/uploads/..", "upload_not_found" },
        { "Upload-Concat", "final;/api/uploads/00000000000000000000000000000000", "upload_not_found" }, { "Upload-Concat", "final;///", "upload_not_found" },
        { "Upload-Defer-Length", "0", "invalid_header" }, { "Upload-Defer-Length", "yes", "invalid_header" }, { "Upload-Length", "-1", "invalid_header" },
        { "Upload-Length", "1e3", "invalid_header" }, { "Upload-Length", "99999999999999999999", "invalid_header" },
    };

    [Fact]
    public async Task Pieces_that_come_side_by_side_become_one_file_and_go()
    {
        var bytes = TusCalls.Bytes(90_000);
        var pieces = await Task.WhenAll(PieceAsync(bytes[..30_000]), PieceAsync(bytes[30_000..30_001]), PieceAsync(bytes[30_001..]));

        using var made = await JoinAsync([$"/api/uploads/{pieces[0]}", $"{Client.BaseAddress}api/uploads/{pieces[1]}", $"/api/uploads/{pieces[2]}"]);

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var id = made.Headers.Location!.ToString().Split('/')[^1];
        using var head = await Client.TusAsync(HttpMethod.Head, $"/api/uploads/{id}");
        Assert.StartsWith("final;/api/uploads/", head.Headers.GetValues("Upload-Concat").Single(), StringComparison.Ordinal);
        Assert.Equal(("90000", "90000"), (head.Headers.GetValues("Upload-Length").Single(), head.Headers.GetValues("Upload-Offset").Single()));
        var job = await Client.SubmitFileAsync(id);
        Assert.Equal("succeeded", (await server.EndAsync(job)).Text("state"));
        Assert.StartsWith($"{TusCalls.Hash(bytes)} 90000 ", await Client.GetStringAsync($"/api/jobs/{job}/result"), StringComparison.Ordinal);
        using var gone = await Client.TusAsync(HttpMethod.Head, $"/api/uploads/{pieces[0]}");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        using var more = await Client.PatchAsync(id, 90_000, new byte[1]);
        await more.IsProblemAsync(403, "upload_final");
    }

    [Fact]
    public async Task What_is_no_piece_or_not_whole_is_not_put_together()
    {
        var whole = await Client.BeginUploadAsync(3);
        await Client.SendAsync(whole, 0, new byte[3]);
        var piece = await BeginAsync(10);
        await Client.SendAsync(piece, 0, new byte[4]);

        using var noPiece = await JoinAsync([whole]);
        using var tooEarly = await JoinAsync([piece]);

        await noPiece.IsProblemAsync(400, "invalid_header");
        await tooEarly.IsProblemAsync(409, "upload_incomplete");
        using var head = await Client.TusAsync(HttpMethod.Head, $"/api/uploads/{piece}");
        Assert.Equal(("partial", "4"), (head.Headers.GetValues("Upload-Concat").Single(), head.Headers.GetValues("Upload-Offset").Single()));
    }

    [Fact]
    public async Task A_file_of_pieces_is_no_larger_than_a_file_may_be()
    {
        var pieces = new List<string>();
        for (var i = 0; i < 3; i++)
            pieces.Add(await PieceAsync(new byte[400_000]));

        using var made = await JoinAsync(pieces);

        await made.IsProblemAsync(413, "file_too_large");
        Assert.Equal(400_000, await Client.OffsetAsync(pieces[0]));
    }

    [Theory]
    [MemberData(nameof(BadHeaders))]
    public async Task A_header_that_makes_no_sense_is_refused(string name, string value, string code)
    {
        using var response = await Client.TusAsync(HttpMethod.Post, "/api/uploads", (name, value));

        await response.IsProblemAsync(code == "invalid_header" ? 400 : 404, code);
    }

    [Fact]
    public async Task Headers_of_any_bytes_are_answered_and_never_an_error_of_the_server()
    {
        var random = new Random(11);
        string[] names = ["Upload-Length", "Upload-Concat", "Upload-Defer-Length", "Upload-Metadata", "Upload-Checksum", "Upload-Offset"];
        for (var i = 0; i < 150; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(40)).Select(_ => (char)random.Next(' ', '\u007f'))]);
            var value = random.Next(3) switch { 0 => text, 1 => $"final;{text}", _ => $"sha1 {text}" };
            using var response = await Client.TusAsync(HttpMethod.Post, "/api/uploads", (names[random.Next(names.Length)], value));
            Assert.InRange((int)response.StatusCode, 200, 499);
        }
    }

    [Fact]
    public async Task The_length_may_come_with_later_bytes_and_only_once()
    {
        using var created = await Client.TusAsync(HttpMethod.Post, "/api/uploads", ("Upload-Defer-Length", "1"));
        var id = created.Headers.Location!.ToString().Split('/')[^1];
        await Client.SendAsync(id, 0, new byte[10]);
        using var before = await Client.TusAsync(HttpMethod.Head, $"/api/uploads/{id}");
        Assert.Equal("1", before.Headers.GetValues("Upload-Defer-Length").Single());
        Assert.False(before.Headers.Contains("Upload-Length"));

        using var tooShort = await PatchAsync(id, 10, [], ("Upload-Length", "9"));
        using var declared = await PatchAsync(id, 10, new byte[5], ("Upload-Length", "20"));
        using var other = await PatchAsync(id, 15, new byte[5], ("Upload-Length", "21"));
        using var last = await PatchAsync(id, 15, new byte[5], ("Upload-Length", "20"));

        await tooShort.IsProblemAsync(409, "length_mismatch");
        await other.IsProblemAsync(409, "length_mismatch");
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (declared.StatusCode, last.StatusCode));
        Assert.True((await server.GetAsync($"/api/uploads/{id}")).GetProperty("complete").GetBoolean());
    }

    [Fact]
    public async Task The_length_may_be_told_after_the_last_byte()
    {
        using var created = await Client.TusAsync(HttpMethod.Post, "/api/uploads", ("Upload-Defer-Length", "1"));
        var id = created.Headers.Location!.ToString().Split('/')[^1];
        await Client.SendAsync(id, 0, new byte[10]);

        using var end = await PatchAsync(id, 10, [], ("Upload-Length", "10"));

        Assert.True((await server.GetAsync($"/api/uploads/{id}")).GetProperty("complete").GetBoolean());
    }

    [Fact]
    public async Task Bytes_that_are_not_those_of_their_checksum_are_not_kept()
    {
        var bytes = TusCalls.Bytes(100_000);
        var id = await Client.BeginUploadAsync(bytes.Length);

        using var wrong = await PatchAsync(id, 0, bytes, ("Upload-Checksum", $"sha1 {Convert.ToBase64String(new byte[20])}"));
        await wrong.IsProblemAsync(460, "checksum_mismatch");
        Assert.Equal(0, await Client.OffsetAsync(id));
        using var unknown = await PatchAsync(id, 0, bytes, ("Upload-Checksum", "crc32 AAAA"));
        await unknown.IsProblemAsync(400, "invalid_header");
        using var right = await PatchAsync(id, 0, bytes, ("Upload-Checksum", $"sha256 {Convert.ToBase64String(SHA256.HashData(bytes))}"));

        Assert.Equal(HttpStatusCode.NoContent, right.StatusCode);
        Assert.Equal(bytes.Length, await Client.OffsetAsync(id));
    }

    [Fact]
    public async Task A_file_without_a_byte_is_whole_at_once_and_a_job_that_needs_bytes_says_so()
    {
        var id = await Client.BeginUploadAsync(0, "empty.txt");
        Assert.True((await server.GetAsync($"/api/uploads/{id}")).GetProperty("complete").GetBoolean());

        var end = await server.EndAsync(await Client.SubmitFileAsync(id));

        Assert.Equal(("failed", "empty_file"), (end.Text("state"), end.GetProperty("error").Text("code")));
    }

    private async Task<string> BeginAsync(int length)
    {
        using var created = await Client.TusAsync(HttpMethod.Post, "/api/uploads", ("Upload-Length", $"{length}"), ("Upload-Concat", "partial"));
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        return created.Headers.Location!.ToString().Split('/')[^1];
    }

    private async Task<string> PieceAsync(byte[] bytes)
    {
        var id = await BeginAsync(bytes.Length);
        await Client.SendAsync(id, 0, bytes);
        return id;
    }

    private Task<HttpResponseMessage> JoinAsync(IEnumerable<string> pieces) => Client.TusAsync(
        HttpMethod.Post, "/api/uploads", ("Upload-Concat", $"final;{string.Join(' ', pieces)}"), ("Upload-Metadata", "filename dGFsay5iaW4="));

    private Task<HttpResponseMessage> PatchAsync(string id, long offset, byte[] bytes, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/uploads/{id}") { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(Bytes);
        request.Headers.Add("Tus-Resumable", "1.0.0");
        request.Headers.Add("Upload-Offset", $"{offset}");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return Client.SendAsync(request);
    }
}
