using System.Text.Json;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Analysis.Samples;
using ProgressHub.Workloads.Analysis.Sessions;

namespace ProgressHub.Web.Components.Health;

/// <summary>A small job for an engine to show that it works, over what comes with the server.</summary>
internal static class EngineTest
{
    /// <summary>Its input; null where no job can be made for it, such as of a recording.</summary>
    public static async Task<JsonElement?> InputAsync(string kind, EngineStatus engine, AnalysisSessions sessions, string owner)
    {
        switch (kind)
        {
            case "translation":
                var (from, to) = Languages(engine);
                return Input(("text", "The lamp is lit at dusk."), ("sourceLanguage", from), ("targetLanguage", to), ("engine", engine.Id));
            case "ask":
                return Input(("question", "How is the lamp lit?"), ("collection", "lighthouse"), ("engine", engine.Id));
            case "analysis":
                var session = await sessions.CreateAsync(owner, null, AnalysisSamples.All[0].Id, CancellationToken.None);
                return Input(("session", session.Id), ("question", "Which symbol had the most volume?"), ("engine", engine.Id));
            default:
                return null;
        }
    }

    // From English, where the engine knows that, else its first pair.
    private static (string From, string To) Languages(EngineStatus engine)
    {
        var pair = (engine.Options.FirstOrDefault(option => option.StartsWith("en", StringComparison.Ordinal)) ?? (engine.Options.Count > 0 ? engine.Options[0] : "en-es"))
            .Split('-', 2);
        return pair is [var from, var to] ? (from, to) : ("en", "es");
    }

    private static JsonElement Input(params (string Name, string Value)[] properties) =>
        JsonSerializer.SerializeToElement(properties.ToDictionary(property => property.Name, property => property.Value));
}
