using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ProgressHub.Core.Workloads;

/// <summary>
/// One part of an input's schema, made ready to check values against: what is enforced is what is published. It knows the
/// keywords that <see cref="InputSchema"/> writes, not the whole of JSON Schema.
/// </summary>
internal sealed class InputRule
{
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    private InputRule(JsonObject schema, InputNotes? notes)
    {
        Notes = notes ?? InputNotes.None;
        Types = schema["type"] switch
        {
            JsonArray types => [.. types.Select(t => t!.GetValue<string>())],
            JsonValue type => [type.GetValue<string>()],
            _ => [],
        };
        Description = (string?)schema["description"];
        if (Notes.Lenient)
            return;
        Choices = schema["enum"] is JsonArray choices ? [.. choices.Where(c => c is not null).Select(c => c!.ToString())] : [];
        (Minimum, Above) = (Number(schema, "minimum"), Number(schema, "exclusiveMinimum"));
        (Maximum, Below) = (Number(schema, "maximum"), Number(schema, "exclusiveMaximum"));
        (MinLength, MaxLength) = ((int?)schema["minLength"], (int?)schema["maxLength"]);
        (MinCount, MaxCount) = ((int?)(schema["minItems"] ?? schema["minProperties"]), (int?)(schema["maxItems"] ?? schema["maxProperties"]));
        if ((string?)schema["pattern"] is { } pattern)
            Pattern = new Regex($"(?:{pattern})(?!\n)", RegexOptions.CultureInvariant, PatternTimeout);
    }

    public InputNotes Notes { get; }

    /// <summary>What it may be, in the words of JSON Schema; empty for anything.</summary>
    public IReadOnlyList<string> Types { get; }

    /// <summary>What may be chosen from, without null; empty for anything.</summary>
    public IReadOnlyList<string> Choices { get; } = [];

    public string? Description { get; }

    public double? Minimum { get; }

    public double? Above { get; }

    public double? Maximum { get; }

    public double? Below { get; }

    public int? MinLength { get; }

    public int? MaxLength { get; }

    /// <summary>How many items a list, or properties an object, has at least.</summary>
    public int? MinCount { get; }

    public int? MaxCount { get; }

    public Regex? Pattern { get; }

    /// <summary>The properties of an object, in whatever case, by the name they are read by.</summary>
    public IReadOnlyDictionary<string, InputProperty> Properties { get; private set; } = new Dictionary<string, InputProperty>();

    /// <summary>What properties of other names are; null where they do not count.</summary>
    public InputRule? Others { get; private set; }

    /// <summary>Whether properties of other names are refused.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>What the items of a list are; null for anything.</summary>
    public InputRule? Items { get; private set; }

    public bool Takes(string type) => Types.Count == 0 || Types.Contains(type);

    /// <summary>The rules of a whole input.</summary>
    public static InputRule Of(InputSchema schema) => new Maker(schema).Make(schema.Root);

    private static double? Number(JsonObject schema, string keyword) =>
        schema[keyword] is JsonValue value ? double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture) : null;

    /// <summary>Makes each part once, so that a record that holds itself ends.</summary>
    private sealed class Maker(InputSchema schema)
    {
        private readonly Dictionary<JsonObject, InputRule> _made = new(ReferenceEqualityComparer.Instance);

        public InputRule Make(JsonObject part)
        {
            if (_made.TryGetValue(part, out var known))
                return known;
            if ((string?)part["$ref"] is { } pointer)
                return Make(Resolve(pointer));
            var rule = _made[part] = new InputRule(part, schema.NotesOf(part));
            if (rule.Notes.Lenient)
                return rule;
            if (part["properties"] is JsonObject properties)
            {
                rule.Properties = properties.ToDictionary(
                    p => p.Key, p => Property(p.Key, p.Value as JsonObject ?? []), StringComparer.OrdinalIgnoreCase);
            }

            if (part["additionalProperties"] is JsonObject others)
                rule.Others = Make(others);
            rule.IsClosed = part["additionalProperties"]?.GetValueKind() == JsonValueKind.False;
            if (part["items"] is JsonObject items)
                rule.Items = Make(items);
            return rule;
        }

        // What several properties share is one part; whether it has to be there is each property's own.
        private InputProperty Property(string name, JsonObject part) =>
            new(name, Make(part), schema.NotesOf(part)?.Required ?? false);

        private JsonObject Resolve(string pointer)
        {
            JsonNode? node = schema.Root;
            foreach (var step in pointer.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
            {
                var name = step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
                node = node is JsonArray list ? list[int.Parse(name, CultureInfo.InvariantCulture)] : node?[name];
            }

            return node as JsonObject ?? [];
        }
    }
}

/// <summary>A property of an object.</summary>
/// <param name="Name">Its JSON name.</param>
/// <param name="Rule">What it is.</param>
/// <param name="Required">Whether it has to be there.</param>
internal sealed record InputProperty(string Name, InputRule Rule, bool Required);
