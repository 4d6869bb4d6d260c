using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Submit;

/// <summary>An external job as it is being filled in. Keys of <see cref="Check"/> are the input's property names.</summary>
public sealed class ExternalDraft
{
    private const int MostHeartbeat = 86_400;

    /// <summary>What to call the job.</summary>
    public string? Title { get; set; }

    /// <summary>The names of its stages, with a comma between two.</summary>
    public string? Stages { get; set; }

    /// <summary>The longest silence, in seconds, that is no reason to worry.</summary>
    public string? Heartbeat { get; set; } = "60";

    private int? Seconds =>
        int.TryParse(Heartbeat, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;

    private string[] StageNames =>
        (Stages ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>What is wrong, by property; empty where it can be submitted.</summary>
    public Dictionary<string, string> Check()
    {
        var problems = new Dictionary<string, string>();
        if (Seconds is not (>= 1 and <= MostHeartbeat))
            problems["heartbeatSeconds"] = UiText.Of("A whole number from 1 to 86,400.");
        if (StageNames.Distinct().Count() != StageNames.Length)
            problems["stages"] = UiText.Of("Each stage has a name of its own.");
        return problems;
    }

    /// <summary>The workload's input.</summary>
    public JsonElement ToInput() => JsonSerializer.SerializeToElement(
        new ExternalInputDocument(StageNames is [] ? null : [.. StageNames.Select(name => new ExternalStageDocument(name))], Seconds),
        ExternalInputJson.Default.ExternalInputDocument);

    /// <summary>The first stage, to give an example with; null where none is named.</summary>
    public string? FirstStage => StageNames.FirstOrDefault();
}

internal sealed record ExternalStageDocument(string Name);

internal sealed record ExternalInputDocument(IReadOnlyList<ExternalStageDocument>? Stages, int? HeartbeatSeconds);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ExternalInputDocument))]
internal sealed partial class ExternalInputJson : JsonSerializerContext;
