using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace ProgressHub.Benchmarks.Estimates;

/// <summary>
/// Runs jobs of several workloads, engines and sizes on a server, one at a time, and keeps what they reported: the
/// recorded traces. <c>record http://localhost:5080 traces.jsonl</c>
/// </summary>
internal sealed class TraceRecorder(string server) : IDisposable
{
    private const int RunsOfEach = 24;
    private const int Voices = 48_000 * 2;
    private readonly HttpClient _http = new() { BaseAddress = new Uri(server), Timeout = TimeSpan.FromMinutes(10) };
    private readonly Random _random = new(11);

    public async Task RunAsync(string path)
    {
        await using var file = new StreamWriter(path);
        for (var run = 0; run < RunsOfEach; run++)
        {
            await KeepAsync(file, "translation, pseudo", Size(8_000), size => SubmitAsync("translation", new
            {
                text = Text(size), targetLanguage = "eo", engine = "pseudo",
            }));
            await KeepAsync(file, "translation, apertium", Size(60_000), size => SubmitAsync("translation", new
            {
                text = Text(size), sourceLanguage = "en", targetLanguage = "es", engine = "apertium",
            }));
            await KeepAsync(file, "transcription, pocketsphinx", Size(600), TranscribeAsync);
            await KeepAsync(file, "ingest, hashed", Size(1200), IngestAsync);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task KeepAsync(StreamWriter file, string family, double size, Func<double, Task<string>> submit)
    {
        var id = await submit(size);
        using var end = await _http.GetAsync($"/api/jobs/{id}/result?wait=60");
        while ((await _http.GetFromJsonAsync<JsonElement>($"/api/jobs/{id}")).GetProperty("finishedAt").ValueKind == JsonValueKind.Null)
            (await _http.GetAsync($"/api/jobs/{id}/result?wait=60")).Dispose();
        var log = await _http.GetStringAsync($"/api/jobs/{id}/events?format=ndjson");
        if (RecordedTraces.Read(family, size, log.Split('\n', StringSplitOptions.RemoveEmptyEntries)) is not { } trace)
            throw new InvalidOperationException($"The {family} job {id} did not succeed.");
        await file.WriteLineAsync(RecordedTraces.Format(trace));
        await file.FlushAsync();
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{family}: {size:0} in {trace.TotalMs:0} ms"));
    }

    private async Task<string> SubmitAsync(string kind, object input)
    {
        using var response = await _http.PostAsJsonAsync("/api/jobs", new { kind, input });
        return await IdAsync(response);
    }

    private async Task<string> TranscribeAsync(double seconds)
    {
        string[] files = ["Front_Center", "Front_Left", "Rear_Right", "Side_Left"];
        var voices = files.SelectMany(f => File.ReadAllBytes($"/usr/share/sounds/alsa/{f}.wav")[44..]).ToArray();
        var bytes = Enumerable.Range(0, (int)(seconds * Voices)).Select(i => voices[i % voices.Length]).ToArray();
        using var form = new MultipartFormDataContent
        {
            { new StringContent("transcription"), "kind" },
            {
                new StringContent("""{"engine": "pocketsphinx", "grammar": "((front | rear | side) (center | left | right))+"}"""),
                "input"
            },
            { new ByteArrayContent([.. WavHeader(bytes.Length), .. bytes]), "file", "voices.wav" },
        };
        using var response = await _http.PostAsync("/api/jobs", form);
        return await IdAsync(response);
    }

    private async Task<string> IngestAsync(double documents)
    {
        using var made = await _http.PostAsJsonAsync("/api/collections", new { name = $"Trace {_random.Next()}" });
        return await SubmitAsync("ingest", new
        {
            collection = await IdAsync(made, "id"),
            documents = Enumerable.Range(0, (int)documents).Select(i => new { id = $"{i}", title = $"Document {i}", text = Text(2500) }),
        });
    }

    private double Size(double typical) => Math.Round(typical * Math.Exp(0.5 * ((_random.NextDouble() * 4) - 2)));

    private string Text(double characters)
    {
        string[] words = ["the", "harbour", "keeper", "writes", "a", "long", "letter", "about", "storms", "and", "quiet", "nights", "to", "her", "brother"];
        var text = new System.Text.StringBuilder();
        while (text.Length < characters)
            text.Append(words[_random.Next(words.Length)]).Append(_random.Next(12) == 0 ? ".\n\n" : " ");
        return text.ToString();
    }

    private static async Task<string> IdAsync(HttpResponseMessage response, string name = "jobId")
    {
        var body = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? JsonDocument.Parse(body).RootElement.GetProperty(name).GetString()!
            : throw new InvalidOperationException(body);
    }

    private static byte[] WavHeader(int bytes)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("RIFF"u8);
        writer.Write(36 + bytes);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(48_000);
        writer.Write(Voices);
        writer.Write((short)2);
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(bytes);
        return stream.ToArray();
    }
}
