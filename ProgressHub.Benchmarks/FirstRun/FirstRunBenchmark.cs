using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProgressHub.Core.Events;
using ProgressHub.Workloads.Knowledge;
using ProgressHub.Workloads.Knowledge.Ask;
using ProgressHub.Workloads.Transcription.Engines;

namespace ProgressHub.Benchmarks.FirstRun;

/// <summary>
/// How true a first run is: on a server that has learned nothing, jobs of about two minutes by a clock that runs faster, each
/// with its engine paced or its work large. The bar's share against the share of the time, and the estimate's error.
/// </summary>
internal static class FirstRunBenchmark
{
    private static readonly double[] Moments = [0.10, 0.25, 0.50, 0.75];

    public static async Task<IEnumerable<Result>> TranslateAsync()
    {
        await using var server = await FreshServer.StartAsync(2, static _ => { }, ("Translation:PseudoDelay", "00:00:05"));
        return Judge("translation", await server.RunAsync("translation", new { text = Prose(95_000), targetLanguage = "es", engine = "pseudo" }));
    }

    public static async Task<IEnumerable<Result>> TranscribeAsync()
    {
        await using var server = await FreshServer.StartAsync(
            10,
            static services =>
            {
                services.RemoveAll<ITranscriber>();
                services.AddSingleton<ITranscriber>(provider => new PacedTranscriber(provider.GetRequiredService<TimeProvider>(), 0.2));
            });
        var file = await server.UploadAsync("talk.wav", static stream => WriteWav(stream, seconds: 600));
        return Judge("transcription", await server.RunAsync("transcription", new { file, engine = "pocketsphinx" }));
    }

    /// <summary>By the system's own clock.</summary>
    /// <param name="what">What to call it.</param>
    /// <param name="files">How many files: one of text, or pages of HTML.</param>
    /// <param name="characters">How long each is.</param>
    /// <param name="embedding">What makes the vectors; null for what a new collection does: the bundled model, for English.</param>
    public static async Task<IEnumerable<Result>> IngestAsync(string what, int files, int characters, string? embedding = null)
    {
        await using var server = await FreshServer.StartAsync(1, static _ => { });
        var collection = await server.Services.GetRequiredService<KnowledgeLibrary>()
            .CreateAsync(FreshServer.Owner, "Papers", null, embedding, CancellationToken.None);
        List<string> ids = [];
        for (var i = 0; i < files; i++)
        {
            var text = Prose(characters + (i * 300), seed: i);
            ids.Add(await server.UploadAsync(files == 1 ? "book.txt" : $"page{i}.html", stream => stream.Write(Encoding.UTF8.GetBytes(
                files == 1 ? text : $"<html><body><h1>Page {i}</h1><p>{text.Replace("\n\n", "</p><p>", StringComparison.Ordinal)}</p></body></html>"))));
        }

        return Judge($"ingest, {what}", await server.RunAsync("ingest", new { collection = collection.Id, files = ids }));
    }

    public static async Task<IEnumerable<Result>> AnalyzeAsync()
    {
        await using var server = await FreshServer.StartAsync(4, static _ => { }, ("Analysis:MaxTableBytes", "2000000000"));
        var file = await server.UploadAsync("sales.csv", static stream => WriteTable(stream, 1_000_000_000));
        return Judge("analysis, a CSV", await server.RunAsync("analysis", new { file, question = "total price by region" }));
    }

    /// <summary>A model that is a while before its first word, and then writes so many characters.</summary>
    public static async Task<IEnumerable<Result>> AskAsync(string what, int characters)
    {
        await using var server = await FreshServer.StartAsync(
            10,
            services =>
            {
                services.RemoveAll<IAnswerer>();
                services.AddSingleton<IAnswerer>(provider => new PacedAnswerer(
                    provider.GetRequiredService<TimeProvider>(), firstWord: TimeSpan.FromSeconds(15), writing: TimeSpan.FromSeconds(105), characters));
            });

        // The collection's own vectors are made at its first question, which is no part of this.
        await server.Services.GetRequiredService<KnowledgeLibrary>().SearchAsync(FreshServer.Owner, "lighthouse", "lamp", 1, CancellationToken.None);
        return Judge($"question, {what}", await server.RunAsync("ask", new { collection = "lighthouse", question = "How is the lamp lit?", engine = "openai" }));
    }

    private static IEnumerable<Result> Judge(string what, IReadOnlyList<JobEvent> events)
    {
        var begin = events.First(e => e is StartedEvent).At;
        var whole = (events[^1].At - begin).TotalMilliseconds;
        var told = events.OfType<ProgressEvent>().Where(e => e.Fraction is not null).ToList();
        var (offs, errors) = (new List<double>(), new List<double>());
        foreach (var moment in Moments)
        {
            var last = told.LastOrDefault(e => (e.At - begin).TotalMilliseconds <= moment * whole);
            offs.Add(((last?.Fraction ?? 0) - moment) * 100);
            if (moment < 0.25)
                continue;

            // What is left of what it said, against what was left.
            var left = (1 - moment) * whole;
            var said = last?.Eta is { } eta ? eta.P50Ms - ((moment * whole) - (last.At - begin).TotalMilliseconds) : double.NaN;
            errors.Add(double.IsNaN(said) ? 100 : Math.Abs(said - left) / left * 100);
        }

        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {whole / 1000:0} s; bar {string.Join(", ", offs.Select(o => $"{o:+0.0;-0.0}"))} points; p50 {string.Join(", ", errors.Select(e => $"{e:0}"))} %; {Stages(events)}"));
        Trace(told, begin, whole);
        var length = string.Create(CultureInfo.InvariantCulture, $"first run of {what} ({whole / 1000:0} s)");
        yield return new Result($"{length}, bar's share minus time's at 10, 25, 50, 75 %", "points", [.. offs], "", [], "within ±10");
        yield return new Result($"{length}, error of p50 at 25, 50, 75 %", "%", [.. errors], "", [], "≤ 25");
        yield return new Result($"{length}, longest silence", "ms", [LongestSilence(events)], "", [], "");
    }

    // What was told at each twentieth of the time, for whoever wants to know where it goes wrong.
    private static void Trace(List<ProgressEvent> told, DateTimeOffset begin, double whole)
    {
        foreach (var moment in Enumerable.Range(1, 19).Select(i => i * 0.05))
        {
            var last = told.LastOrDefault(e => (e.At - begin).TotalMilliseconds <= moment * whole);
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  at {moment:0.00} of the time: {last?.Fraction:0.000} in {last?.Stage}, left {last?.Eta?.P50Ms / 1000:0.0} s of {(1 - moment) * whole / 1000:0.0}"));
        }
    }

    private static double LongestSilence(IReadOnlyList<JobEvent> events)
    {
        var (longest, stage) = (TimeSpan.Zero, "");
        foreach (var (before, next) in events.Zip(events.Skip(1)))
        {
            stage = (before as StageEvent)?.Stage ?? stage;
            if (next.At - before.At <= longest)
                continue;
            longest = next.At - before.At;
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  silent for {longest.TotalMilliseconds:0} ms in {stage}"));
        }

        return longest.TotalMilliseconds;
    }

    private static string Stages(IReadOnlyList<JobEvent> events) => string.Join(", ", ((DoneEvent)events[^1]).Summary.Stages.Select(
        stage => string.Create(CultureInfo.InvariantCulture, $"{stage.Name} {stage.Ms / 1000.0:0.0} s")));

    private static string Prose(int characters, int seed = 1)
    {
        string[] words = ["the", "keeper", "lights", "a", "lamp", "before", "dawn", "and", "old", "boats", "return", "with", "tide", "harbour", "gulls", "winter"];
        var random = new Random(seed);
        var text = new StringBuilder();
        while (text.Length < characters)
        {
            for (var sentence = random.Next(3, 8); sentence > 0; sentence--)
                text.Append(CultureInfo.InvariantCulture, $"{string.Join(' ', random.GetItems(words, random.Next(6, 16)))} {random.Next(1000)}. ");
            text.Append("\n\n");
        }

        return text.ToString();
    }

    private static void WriteTable(Stream stream, long bytes)
    {
        using var text = new StreamWriter(stream, leaveOpen: true);
        var random = new Random(1);
        text.WriteLine("id,when,region,product,units,price,note");
        for (var i = 0; stream.Length < bytes; i++)
        {
            text.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{i},2025-{(i % 12) + 1:00}-{(i % 28) + 1:00} 10:00:00,region {i % 40},p{random.Next(5000)},{random.Next(100)},{random.NextDouble() * 100:0.00},\"a note, number {i}\""));
        }
    }

    // A hum that is not silent, 16 kHz, one channel.
    private static void WriteWav(Stream stream, int seconds)
    {
        using var wav = new BinaryWriter(stream, Encoding.ASCII, leaveOpen: true);
        var bytes = seconds * 32_000;
        wav.Write("RIFF"u8);
        wav.Write(36 + bytes);
        wav.Write("WAVEfmt "u8);
        wav.Write(16);
        wav.Write((short)1);
        wav.Write((short)1);
        wav.Write(16_000);
        wav.Write(32_000);
        wav.Write((short)2);
        wav.Write((short)16);
        wav.Write("data"u8);
        wav.Write(bytes);
        for (var i = 0; i < seconds * 16_000; i++)
            wav.Write((short)(Math.Sin(i * 0.05) * 8000 * (0.6 + (0.4 * Math.Sin(i * 0.0003)))));
    }
}
