using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Tests.Support;

/// <summary>The server with workloads that take files: <c>hashing</c> one, <c>hashing-many</c> three.</summary>
public class UploadServer : WebServer
{
    internal string[] Blobs => Directory.Exists(Path.Combine(Files, "blobs"))
        ? [.. Directory.GetFiles(Path.Combine(Files, "blobs"), "*", SearchOption.AllDirectories).Select(f => Path.GetFileName(f))]
        : [];

    protected override Dictionary<string, string?> Settings => new() { ["Uploads:MaxBytes"] = "1000000", ["Uploads:MinFreeBytes"] = "0" };

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<IWorkload>(new HashingWorkload());
            services.AddSingleton<IWorkload>(new HashingWorkload("hashing-many", maxFiles: 3));
        });
    }
}

/// <summary>What senders of files do, over HTTP.</summary>
internal static class TusCalls
{
    public static byte[] Bytes(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Begins an upload; returns its id.</summary>
    public static async Task<string> BeginUploadAsync(this HttpClient client, long length, string? name = "talk.bin")
    {
        using var response = await client.TusAsync(HttpMethod.Post, "/api/uploads", ("Upload-Length", $"{length}"), ("Upload-Metadata", Metadata(name)));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return response.Headers.Location!.ToString().Split('/')[^1];
    }

    public static async Task<long> OffsetAsync(this HttpClient client, string id)
    {
        using var response = await client.TusAsync(HttpMethod.Head, $"/api/uploads/{id}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return long.Parse(response.Headers.GetValues("Upload-Offset").Single(), CultureInfo.InvariantCulture);
    }

    public static Task<HttpResponseMessage> PatchAsync(this HttpClient client, string id, long offset, byte[] bytes) =>
        client.PatchAsync(id, offset, new ByteArrayContent(bytes));

    public static Task<HttpResponseMessage> PatchAsync(this HttpClient client, string id, long offset, HttpContent content)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/uploads/{id}") { Content = content };
        request.Headers.Add("Tus-Resumable", "1.0.0");
        request.Headers.Add("Upload-Offset", $"{offset}");
        return client.SendAsync(request);
    }

    public static async Task SendAsync(this HttpClient client, string id, long offset, byte[] bytes)
    {
        using var response = await client.PatchAsync(id, offset, bytes);
        Assert.True(response.StatusCode == HttpStatusCode.NoContent, await response.Content.ReadAsStringAsync());
        Assert.Equal($"{offset + bytes.Length}", response.Headers.GetValues("Upload-Offset").Single());
        Assert.Equal("1.0.0", response.Headers.GetValues("Tus-Resumable").Single());
    }

    public static Task<HttpResponseMessage> TusAsync(
        this HttpClient client, HttpMethod method, string path, params (string Name, string? Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Tus-Resumable", "1.0.0");
        foreach (var (name, value) in headers.Where(h => h.Value is not null))
            request.Headers.TryAddWithoutValidation(name, value);
        return client.SendAsync(request);
    }

    public static async Task<string> SubmitFileAsync(this HttpClient client, object file, string kind = "hashing")
    {
        using var response = await client.PostAsync("/api/jobs", WebServer.Json(new { kind, input = new { file } }));
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, $"{response.StatusCode}: {body}");
        return System.Text.Json.JsonDocument.Parse(body).RootElement.Id();
    }

    private static string? Metadata(string? name) =>
        name is null ? null : $"filename {Convert.ToBase64String(Encoding.UTF8.GetBytes(name))},filetype YXVkaW8vd2F2";
}

/// <summary>A body that is sent when the test says.</summary>
internal sealed class HeldContent(long? length) : HttpContent
{
    private readonly System.Threading.Channels.Channel<byte[]?> _pieces = System.Threading.Channels.Channel.CreateUnbounded<byte[]?>();

    public void Send(byte[] piece) => _pieces.Writer.TryWrite(piece);

    public void End() => _pieces.Writer.TryComplete();

    /// <summary>Ends as a connection does that is lost.</summary>
    public void Break() => _pieces.Writer.TryComplete(new IOException("Lost for a test."));

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await foreach (var piece in _pieces.Reader.ReadAllAsync())
        {
            await stream.WriteAsync(piece!);
            await stream.FlushAsync();
        }
    }

    protected override bool TryComputeLength(out long computed)
    {
        computed = length ?? 0;
        return length is not null;
    }
}
