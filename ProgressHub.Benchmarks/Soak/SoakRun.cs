using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace ProgressHub.Benchmarks.Soak;

/// <summary>
/// A server under mixed load for an hour (<c>-- soak [--minutes N]</c>): what it holds in memory and on the disk must not
/// grow. Exit code 1 where anything does, or where it has complained.
/// </summary>
internal sealed class SoakRun(SoakServer server, CancellationToken over)
{
    private const int Minutes = 60;
    private const int Readings = 60;
    private long _jobs;
    private long _updates;
    private long _events;

    public static async Task<int> RunAsync(string[] args)
    {
        var minutes = args is [_, "--minutes", var given, ..] ? double.Parse(given, CultureInfo.InvariantCulture) : Minutes;
        await using var server = await SoakServer.StartAsync();
        using var over = new CancellationTokenSource(TimeSpan.FromMinutes(minutes), TimeProvider.System);
        var run = new SoakRun(server, over.Token);
        var load = Task.WhenAll(
        [
            .. Enumerable.Range(0, 3).Select(_ => run.RepeatAsync(run.TranslateAsync)),
            .. Enumerable.Range(0, 2).Select(_ => run.RepeatAsync(run.ReportAsync)),
            run.RepeatAsync(run.UploadAsync), run.RepeatAsync(run.CollectAsync), run.RepeatAsync(run.BrowseAsync),
        ]);
        List<SoakReading> readings = [];
        while (!over.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMinutes(minutes / Readings), TimeProvider.System, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            readings.Add(server.Read());
            Console.Error.WriteLine(readings[^1]);
        }

        await load;
        return run.Report(readings, minutes);
    }

    private int Report(List<SoakReading> readings, double minutes)
    {
        var rows = SoakReading.Judge(readings).ToArray();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{minutes:0.#} minutes, {_jobs:#,0} jobs, {_updates:#,0} updates acknowledged, {_events:#,0} events watched, {server.Complaints} lines of complaint\n"));
        Console.WriteLine(SoakReading.Head);
        foreach (var (row, _) in rows)
            Console.WriteLine(row);
        return server.Complaints == 0 && rows.All(row => row.IsFlat) ? 0 : 1;
    }

    private async Task RepeatAsync(Func<Task> step)
    {
        while (!over.IsCancellationRequested)
            await step();
    }

    private async Task TranslateAsync()
    {
        var id = await SubmitAsync("translation", new { text = Text(4000), targetLanguage = "eo", engine = "pseudo", batchCharacters = 200 });
        await WatchAsync(id.Id);
    }

    private async Task ReportAsync()
    {
        var (id, token) = await SubmitAsync("external", new { });
        for (var i = 1; i <= 200; i++)
        {
            await PostAsync($"/api/jobs/{id}/updates", new { number = i, current = i, total = 200, log = new { message = $"line {i}" } }, token);
            Interlocked.Increment(ref _updates);
        }

        await PostAsync($"/api/jobs/{id}/complete", new { result = new { text = Text(2000) } }, token);
    }

    private async Task UploadAsync()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("analysis"), "kind" },
            { new StringContent("""{"mode":"execute","sql":"SELECT count(*), sum(n) FROM data"}"""), "input" },
            { new StringContent("n\n" + string.Join('\n', Enumerable.Range(0, 2000))), "file", "numbers.csv" },
        };
        using var answer = await server.Client.PostAsync("/api/jobs", form, CancellationToken.None);
        answer.EnsureSuccessStatusCode();
        Interlocked.Increment(ref _jobs);
        await WatchAsync((await answer.Content.ReadFromJsonAsync<JsonElement>(CancellationToken.None)).GetProperty("jobId").GetString()!);
    }

    private async Task CollectAsync()
    {
        using var made = await server.Client.PostAsJsonAsync("/api/collections", new { name = "Soak", embedding = "hashed" }, CancellationToken.None);
        made.EnsureSuccessStatusCode();
        var collection = (await made.Content.ReadFromJsonAsync<JsonElement>(CancellationToken.None)).GetProperty("id").GetString();
        var documents = Enumerable.Range(0, 20).Select(i => new { id = $"{i}", title = $"Document {i}", text = Text(1500) });
        await WatchAsync((await SubmitAsync("ingest", new { collection, documents })).Id);
        using var deleted = await server.Client.DeleteAsync($"/api/collections/{collection}", CancellationToken.None);
        deleted.EnsureSuccessStatusCode();
    }

    private async Task BrowseAsync()
    {
        foreach (var path in (string[])["/", "/api/jobs?limit=50", "/metrics", "/api/workloads", "/openapi/v1.json"])
        {
            using var answer = await server.Client.GetAsync(path, CancellationToken.None);
            answer.EnsureSuccessStatusCode();
            await answer.Content.CopyToAsync(Stream.Null, CancellationToken.None);
        }
    }

    private async Task<(string Id, string? Token)> SubmitAsync(string kind, object input)
    {
        var job = await PostAsync("/api/jobs", new { kind, input });
        Interlocked.Increment(ref _jobs);
        return (job.GetProperty("jobId").GetString()!, job.TryGetProperty("writeToken", out var token) ? token.GetString() : null);
    }

    private async Task<JsonElement> PostAsync(string path, object body, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await server.Client.SendAsync(request, CancellationToken.None);
        return answer.IsSuccessStatusCode
            ? await answer.Content.ReadFromJsonAsync<JsonElement>(CancellationToken.None)
            : throw new InvalidOperationException($"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(CancellationToken.None)}");
    }

    // Reads the job's stream to its end.
    private async Task WatchAsync(string id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/jobs/{id}/events?after=0");
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var answer = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, CancellationToken.None);
        using var stream = new StreamReader(await answer.Content.ReadAsStreamAsync(CancellationToken.None));
        while (await stream.ReadLineAsync(CancellationToken.None) is { } line)
        {
            if (line.StartsWith("id:", StringComparison.Ordinal))
                Interlocked.Increment(ref _events);
        }
    }

    private static string Text(int characters)
    {
        var text = new StringBuilder();
        while (text.Length < characters)
            text.Append(CultureInfo.InvariantCulture, $"Sentence {Random.Shared.Next()} has a few words and ends here. ");
        return text.ToString();
    }
}
