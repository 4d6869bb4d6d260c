using System.Text.Json;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Dialects.Transcription;

/// <summary>The real server with a stand-in for Whisper whose work ends when a test says so, and what clients ask of it.</summary>
public sealed class DialectServer : IAsyncLifetime
{
    private int _gates;

    internal WhisperStandIn Whisper { get; } = new();

    internal ServerProcess Server { get; private set; } = null!;

    internal HttpClient Client => Server.Client;

    public async Task InitializeAsync()
    {
        Whisper.Model("base", new { segments = new object[] { new object[] { 0, 1500, " Hello there." }, new object[] { 1500, 3000, " 你好 😀" } } });
        Whisper.Model("silent", new { segments = Array.Empty<object>() });
        Server = await ServerProcess.StartNewAsync(
            ("Workers:Program", Whisper.Path), ("Transcription:ModelsDirectory", Whisper.Folder), ("Transcription:Model", "base"),
            ("Transcription:MaxConcurrency", "8"), ("Uploads:MaxBytes", "20000000"), ("Dialects:Transcription:StreamWaits", "00:00:20"),
            ("Dialects:Transcription:HeadersWait", "00:00:50"));
    }

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        Whisper.Dispose();
    }

    /// <summary>A model that says its first segment and then waits for its gate of the same name.</summary>
    internal string HeldModel(int exit = 0)
    {
        var name = $"held-{Interlocked.Increment(ref _gates)}";
        Whisper.Model(name, new { segments = new object[] { new object[] { 0, 1500, " Held." } }, gate = name, exit });
        return name;
    }

    internal static byte[] Speech(double seconds = 3) => WavMaker.Sine(16_000, 1, 16, false, seconds);

    /// <summary>A form as curl sends it: the file first, then the fields.</summary>
    internal static MultipartFormDataContent Form(byte[]? file, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        if (file is not null)
            form.Add(new ByteArrayContent(file), "file", "audio.wav");
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        return form;
    }

    /// <summary>Sends a form; returns once the headers are there.</summary>
    internal async Task<HttpResponseMessage> BeginAsync(
        string path, HttpContent body, CancellationToken cancellationToken = default, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body };
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).Soon();
    }

    internal Task<HttpResponseMessage> BeginAsync(string path, HttpContent body, params (string Name, string Value)[] headers) =>
        BeginAsync(path, body, CancellationToken.None, headers);

    internal async Task<JsonElement> ProgressAsync(string id) => await Client.JsonAsync($"/progress/{id}");

    /// <summary>Waits until a transcription's progress is as wanted.</summary>
    internal async Task<JsonElement> UntilAsync(string id, string status)
    {
        JsonElement seen = default;
        await Patience.UntilAsync(
            async () =>
            {
                using var response = await Client.GetAsync($"/progress/{id}");
                if (!response.IsSuccessStatusCode)
                    return false;
                seen = JsonElement.Parse(await response.Content.ReadAsStringAsync());
                return seen.Text("status") == status;
            },
            $"{id} is {status}");
        return seen;
    }

    internal static string IdOf(HttpResponseMessage response) => response.Headers.GetValues("X-Job-Id").Single();

    /// <summary>The job's own id, by which the API knows it.</summary>
    internal static string NativeIdOf(HttpResponseMessage response) =>
        response.Headers.GetValues("Link").Single().Split('<', '>')[1].Split('/')[^1];

    internal static async Task<JsonElement> BodyAsync(HttpResponseMessage response) =>
        JsonElement.Parse(await response.Content.ReadAsStringAsync().Soon());

    /// <summary>An object's properties with the kinds of their values, in order.</summary>
    internal static string Shape(JsonElement element) =>
        string.Join(", ", element.EnumerateObject().Select(p => $"{p.Name}: {p.Value.ValueKind}"));
}
