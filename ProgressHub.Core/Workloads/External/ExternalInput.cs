using System.Globalization;
using System.Text.Json;
using ProgressHub.Core.Progress;

namespace ProgressHub.Core.Workloads.External;

/// <summary>What a program says of its work beforehand.</summary>
/// <param name="Stages">Its stages; one called <c>working</c> where it names none.</param>
/// <param name="Heartbeat">The longest silence that is no reason to worry.</param>
/// <param name="FailAfter">The silence after which the job is given up.</param>
internal sealed record ExternalInput(StagePlan Stages, TimeSpan Heartbeat, TimeSpan FailAfter)
{
    private const int MaxStages = 50;
    private const int MaxName = 50;
    private const int MaxLabel = 100;
    private const int DefaultHeartbeat = 60;
    private const int MaxHeartbeat = 86_400;
    private const int FailFactor = 10;
    private const int MaxFailAfter = 30 * 86_400;

    public static StagePlan DefaultStages { get; } = new(new Stage("working", "Working", 1));

    public static JsonElement Schema { get; } = JsonElement.Parse("""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "type": "object",
          "properties": {
            "stages": {
              "type": "array", "minItems": 1, "maxItems": 50,
              "items": {
                "type": "object", "required": ["name"],
                "properties": {
                  "name": {"type": "string", "minLength": 1, "maxLength": 50},
                  "label": {"type": "string", "maxLength": 100},
                  "weight": {"type": "number", "exclusiveMinimum": 0}
                }
              }
            },
            "heartbeatSeconds": {"type": "integer", "minimum": 1, "maximum": 86400, "default": 60,
              "description": "Silence longer than this marks the job stalled."},
            "failAfterSeconds": {"type": "integer", "minimum": 1, "maximum": 2592000,
              "description": "Silence longer than this ends it as failed; ten heartbeats by default."}
          }
        }
        """);

    /// <exception cref="WorkloadException"><c>invalid_input</c>, with the property.</exception>
    public static ExternalInput Parse(JsonElement input)
    {
        if (input.ValueKind != JsonValueKind.Object)
            throw Refuse("The input is a JSON object.", null);
        var heartbeat = Seconds(input, "heartbeatSeconds", 1, MaxHeartbeat) ?? DefaultHeartbeat;
        var failAfter = Seconds(input, "failAfterSeconds", heartbeat, MaxFailAfter) ?? heartbeat * FailFactor;
        return new ExternalInput(ReadStages(input), TimeSpan.FromSeconds(heartbeat), TimeSpan.FromSeconds(failAfter));
    }

    private static int? Seconds(JsonElement input, string name, int least, int most)
    {
        if (!input.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var seconds) && seconds >= least && seconds <= most
            ? seconds
            : throw Refuse(string.Create(
                CultureInfo.InvariantCulture, $"'{name}' is a whole number of seconds from {least} to {most}."), name);
    }

    private static StagePlan ReadStages(JsonElement input)
    {
        if (!input.TryGetProperty("stages", out var stages) || stages.ValueKind == JsonValueKind.Null)
            return DefaultStages;
        if (stages.ValueKind != JsonValueKind.Array || stages.GetArrayLength() is 0 or > MaxStages)
            throw Refuse($"'stages' is a list of 1 to {MaxStages} stages.", "stages");
        try
        {
            return new StagePlan([.. stages.EnumerateArray().Select(ReadStage)]);
        }
        catch (ArgumentException failure)
        {
            throw Refuse(failure.Message.Split(" (Parameter")[0], "stages");
        }
    }

    private static Stage ReadStage(JsonElement stage)
    {
        if (stage.ValueKind != JsonValueKind.Object)
            throw Refuse("A stage is an object with a 'name'.", "stages");
        var name = Text(stage, "name", MaxName);
        if (string.IsNullOrWhiteSpace(name))
            throw Refuse($"A stage has a 'name' of 1 to {MaxName} characters.", "stages.name");
        var weight = 1.0;
        if (stage.TryGetProperty("weight", out var given) && given.ValueKind != JsonValueKind.Null
            && !(given.ValueKind == JsonValueKind.Number && given.TryGetDouble(out weight)))
            throw Refuse("A stage's 'weight' is a positive number.", "stages.weight");
        return new Stage(name, Text(stage, "label", MaxLabel) ?? name, weight);
    }

    private static string? Text(JsonElement stage, string name, int most)
    {
        if (!stage.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.String && value.GetString() is { } text
            && text.Length <= most && !text.Any(char.IsControl)
            ? text
            : throw Refuse($"A stage's '{name}' is one line of at most {most} characters.", $"stages.{name}");
    }

    private static WorkloadException Refuse(string message, string? property) =>
        new("invalid_input", message) { Property = property is null ? "input" : $"input.{property}" };
}
