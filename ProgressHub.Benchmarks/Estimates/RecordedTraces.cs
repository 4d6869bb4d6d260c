using System.Text.Json;
using System.Text.Json.Nodes;
using ProgressHub.Core.Progress;

namespace ProgressHub.Benchmarks.Estimates;

/// <summary>Traces of real jobs, one JSON object a line, made by <see cref="TraceRecorder"/>.</summary>
internal static class RecordedTraces
{
    private const string Resource = "ProgressHub.Benchmarks.Estimates.recorded.jsonl";
    private const int ReportsKept = 50;

    public static IEnumerable<Trace> All()
    {
        using var stream = typeof(RecordedTraces).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            yield return Parse(JsonNode.Parse(line)!);
    }

    /// <summary>A line of the file. Of many reports of a stage some are kept, evenly.</summary>
    public static string Format(Trace trace) => new JsonObject
    {
        ["family"] = trace.Family,
        ["size"] = trace.Size,
        ["weights"] = new JsonArray([.. trace.Plan.Stages.Select(s => (JsonNode)Math.Round(s.Weight, 4))]),
        ["stages"] = new JsonArray([.. trace.Stages.Select(stage => (JsonNode)new JsonObject
        {
            ["name"] = stage.Name,
            ["start"] = stage.StartMs,
            ["end"] = stage.EndMs,
            ["reports"] = new JsonArray([.. Thinned(stage.Reports).SelectMany(r => (JsonNode[])[r.AtMs, Math.Round(r.Share, 4)])]),
        })]),
    }.ToJsonString();

    /// <summary>Makes a trace of a job's events; null where it did not succeed at once.</summary>
    /// <param name="family">What the job belongs to.</param>
    /// <param name="size">How much there was to do.</param>
    /// <param name="events">The job's events, a JSON object each.</param>
    public static Trace? Read(string family, double size, IEnumerable<string> events)
    {
        StagePlan? plan = null;
        List<(string Name, double Start, List<(double, double)> Reports)> stages = [];
        var end = 0.0;
        foreach (var e in events.Select(line => JsonDocument.Parse(line).RootElement))
        {
            end = e.GetProperty("elapsedMs").GetDouble();
            switch (e.GetProperty("type").GetString())
            {
                case "started":
                    plan = new StagePlan([.. e.GetProperty("stages").EnumerateArray().Select(s =>
                        new Stage(s.GetProperty("name").GetString()!, "", s.GetProperty("weight").GetDouble()))]);
                    break;
                case "stage":
                    stages.Add((e.GetProperty("stage").GetString()!, end, []));
                    break;
                case "progress" when e.TryGetProperty("stageFraction", out var share) && !e.GetProperty("estimated").GetBoolean():
                    stages[^1].Reports.Add((end, share.GetDouble()));
                    break;
                case "retrying":
                    return null;
                case "done" when e.GetProperty("state").GetString() != "succeeded":
                    return null;
            }
        }

        return plan is null ? null : new Trace(family, plan, size, [.. stages.Select((stage, i) =>
            new TraceStage(stage.Name, stage.Start, i + 1 < stages.Count ? stages[i + 1].Start : end, stage.Reports))]);
    }

    private static Trace Parse(JsonNode line)
    {
        var stages = line["stages"]!.AsArray().Select(s => new TraceStage(
            (string)s!["name"]!, (double)s["start"]!, (double)s["end"]!,
            [.. s["reports"]!.AsArray().Chunk(2).Select(pair => ((double)pair[0]!, (double)pair[1]!))])).ToList();
        var weights = line["weights"]!.AsArray().Select(w => (double)w!);
        return new Trace(
            (string)line["family"]!, new StagePlan([.. stages.Zip(weights, (s, w) => new Stage(s.Name, "", w))]),
            (double)line["size"]!, stages);
    }

    private static IEnumerable<(double AtMs, double Share)> Thinned(IReadOnlyList<(double AtMs, double Share)> reports)
    {
        var step = Math.Max(1, reports.Count / ReportsKept);
        return reports.Where((_, i) => i % step == 0);
    }
}
