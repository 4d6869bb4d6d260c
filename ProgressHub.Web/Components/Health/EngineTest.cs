using System.Text.Json;
using System.Text.Json.Nodes;
using ProgressHub.Core.Uploads;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Analysis.Samples;
using ProgressHub.Workloads.Analysis.Sessions;
using ProgressHub.Workloads.Knowledge;

namespace ProgressHub.Web.Components.Health;

/// <summary>Small jobs for engines to show that they work, over what comes with the server.</summary>
internal sealed class EngineTest(AnalysisSessions sessions, KnowledgeLibrary library, UploadService uploads)
{
    private const string Text = "The lamp is lit at dusk.";

    /// <summary>The input of one; null where none can be made for that kind.</summary>
    /// <exception cref="WorkloadException">What it needs can't be made or kept.</exception>
    public async Task<EngineTrial?> PrepareAsync(string kind, EngineStatus engine, string owner)
    {
        switch (kind)
        {
            case "translation":
                var (from, to) = Languages(engine);
                return Trial(new JsonObject { ["text"] = Text, ["sourceLanguage"] = from, ["targetLanguage"] = to, ["engine"] = engine.Id });
            case "ask":
                return Trial(new JsonObject { ["question"] = "How is the lamp lit?", ["collection"] = "lighthouse", ["engine"] = engine.Id });
            case "analysis":
                var session = await sessions.CreateAsync(owner, null, AnalysisSamples.All[0].Id, CancellationToken.None);
                return Trial(new JsonObject { ["session"] = session.Id, ["question"] = "Which symbol had the most volume?", ["engine"] = engine.Id });
            case "transcription":
                return Trial(new JsonObject { ["file"] = await KeepSampleAsync(owner), ["engine"] = engine.Id });
            case "ingest":
                var collection = await library.CreateAsync(owner, $"Test of {engine.Id}", null, engine.Id, CancellationToken.None);
                return Trial(new JsonObject { ["collection"] = collection.Id, ["documents"] = new JsonArray(new JsonObject { ["text"] = Text }) }) with
                {
                    CleanUpAsync = () => library.DeleteAsync(owner, collection.Id, CancellationToken.None),
                };
            default:
                return null;
        }
    }

    private static EngineTrial Trial(JsonObject input) => new(JsonSerializer.SerializeToElement(input));

    private async Task<string> KeepSampleAsync(string owner)
    {
        var sample = SpokenSample.Read();
        try
        {
            var file = await uploads.CreateAsync(owner, "engine-test.wav", sample.Length, resumable: false, CancellationToken.None);
            using var content = new MemoryStream(sample);
            await uploads.AppendAsync(file.Id, owner, 0, content, isRest: true, CancellationToken.None);
            return file.Id;
        }
        catch (UploadException refusal)
        {
            throw new WorkloadException(refusal.Code, refusal.Message);
        }
    }

    // From English, where the engine knows that, else its first pair.
    private static (string From, string To) Languages(EngineStatus engine)
    {
        var pair = (engine.Options.FirstOrDefault(option => option.StartsWith("en", StringComparison.Ordinal)) ?? (engine.Options.Count > 0 ? engine.Options[0] : "en-es"))
            .Split('-', 2);
        return pair is [var from, var to] ? (from, to) : ("en", "es");
    }
}
