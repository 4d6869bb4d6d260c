using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Submit.Schema;

/// <summary>An input as it is being filled in, from its schema alone. What it can't tell, the workload tells when it is submitted.</summary>
internal sealed class SchemaDraft(IReadOnlyList<SchemaField> fields)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly Dictionary<string, string> _values = [];

    public IReadOnlyList<SchemaField> Fields { get; } = fields;

    public string this[string name]
    {
        get => _values.GetValueOrDefault(name, "");
        set => _values[name] = value;
    }

    /// <summary>Takes over what an earlier job was given.</summary>
    public void Fill(JsonElement input)
    {
        if (input.ValueKind != JsonValueKind.Object)
            return;
        foreach (var field in Fields)
        {
            if (!input.TryGetProperty(field.Name, out var value) || value.ValueKind == JsonValueKind.Null)
                continue;
            this[field.Name] = (field.Kind, value.ValueKind) switch
            {
                (SchemaFieldKind.Lines, JsonValueKind.Array) => string.Join('\n', value.EnumerateArray().Select(item => item.ToString())),
                (_, JsonValueKind.String) => value.GetString()!,
                (_, JsonValueKind.Object or JsonValueKind.Array) => JsonSerializer.Serialize(value, Indented),
                _ => value.GetRawText(),
            };
        }
    }

    /// <summary>What is missing or can't be read, by property.</summary>
    public Dictionary<string, string> Check()
    {
        var problems = new Dictionary<string, string>();
        foreach (var field in Fields)
        {
            if (Problem(field) is { } problem)
                problems[field.Name] = problem;
        }

        return problems;
    }

    /// <summary>The input; what is empty is left out.</summary>
    public JsonElement ToInput()
    {
        var input = new JsonObject();
        foreach (var field in Fields)
        {
            if (Value(field) is { } value)
                input[field.Name] = value;
        }

        return JsonSerializer.SerializeToElement(input);
    }

    private string? Problem(SchemaField field)
    {
        if (string.IsNullOrWhiteSpace(this[field.Name]))
            return field is { IsRequired: true, Kind: not SchemaFieldKind.Flag } ? UiText.Of("This is needed.") : null;
        return field.Kind switch
        {
            SchemaFieldKind.Integer when Value(field) is null => UiText.Of("A whole number."),
            SchemaFieldKind.Number when Value(field) is null => UiText.Of("A number, such as 0.5."),
            SchemaFieldKind.Json when Value(field) is null => UiText.Of("This is not JSON."),
            _ => null,
        };
    }

    private JsonNode? Value(SchemaField field)
    {
        var text = this[field.Name];
        if (field.Kind == SchemaFieldKind.Flag)
            return text.Length == 0 && !field.IsRequired ? null : JsonValue.Create(text == "true");
        if (string.IsNullOrWhiteSpace(text))
            return null;
        return field.Kind switch
        {
            SchemaFieldKind.Integer => long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var whole)
                ? JsonValue.Create(whole) : null,
            SchemaFieldKind.Number => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                ? JsonValue.Create(number) : null,
            SchemaFieldKind.Lines => new JsonArray(
                [.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => (JsonNode)JsonValue.Create(line))]),
            SchemaFieldKind.Json => Parse(text),
            _ => JsonValue.Create(text),
        };
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
