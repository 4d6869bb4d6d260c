using System.Globalization;
using System.Text;
using System.Text.Json;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Submit.Schema;

/// <summary>A property of an input as a form shows it, read from the input's JSON Schema.</summary>
/// <param name="Name">The property.</param>
/// <param name="Label">Its name as words.</param>
/// <param name="Kind">How it is filled in.</param>
internal sealed record SchemaField(string Name, string Label, SchemaFieldKind Kind)
{
    private const int LongText = 500;

    /// <summary>What it is, in a sentence.</summary>
    public string? Description { get; init; }

    /// <summary>Whether there is no job without it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>What can be chosen from.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What it is where nothing is said.</summary>
    public string? Default { get; init; }

    /// <summary>What may be written, as in a field's placeholder.</summary>
    public string? Example { get; init; }

    /// <summary>The most characters of a text.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The bounds of a number, in words; null where there are none.</summary>
    public string? Bounds { get; init; }

    /// <summary>The fields of an input.</summary>
    /// <param name="schema">Its schema.</param>
    /// <param name="secrets">The properties that are secrets.</param>
    public static IReadOnlyList<SchemaField> Of(JsonElement schema, IReadOnlyList<string> secrets)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("properties", out var properties))
            return [];
        string[] required = schema.TryGetProperty("required", out var names) ? [.. names.EnumerateArray().Select(name => name.GetString()!)] : [];
        return [.. properties.EnumerateObject().Select(property => Of(property, required.Contains(property.Name), secrets.Contains(property.Name)))];
    }

    private static SchemaField Of(JsonProperty property, bool isRequired, bool isSecret)
    {
        var rule = property.Value;
        string[] choices = rule.TryGetProperty("enum", out var all)
            ? [.. all.EnumerateArray().Where(choice => choice.ValueKind == JsonValueKind.String).Select(choice => choice.GetString()!)] : [];
        var maxLength = Whole(rule, "maxLength");
        return new SchemaField(property.Name, Words(property.Name), KindOf(rule, choices, maxLength, isSecret))
        {
            Description = Text(rule, "description"),
            IsRequired = isRequired,
            Choices = choices,
            Default = rule.TryGetProperty("default", out var value) ? Plain(value) : null,
            Example = rule.TryGetProperty("examples", out var examples) && examples.ValueKind == JsonValueKind.Array && examples.GetArrayLength() > 0
                ? Plain(examples[0]) : null,
            MaxLength = maxLength,
            Bounds = BoundsOf(rule),
        };
    }

    private static SchemaFieldKind KindOf(JsonElement rule, string[] choices, int? maxLength, bool isSecret)
    {
        string[] types = !rule.TryGetProperty("type", out var type) ? []
            : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(t => t.GetString()!)] : [type.GetString()!];
        return types switch
        {
            _ when choices.Length > 0 => SchemaFieldKind.Choice,
            _ when isSecret => SchemaFieldKind.Secret,
            _ when types.Contains("string") => maxLength is null or > LongText ? SchemaFieldKind.LongText : SchemaFieldKind.Text,
            _ when types.Contains("integer") => SchemaFieldKind.Integer,
            _ when types.Contains("number") => SchemaFieldKind.Number,
            _ when types.Contains("boolean") => SchemaFieldKind.Flag,
            _ when types.Contains("array") && ItemsAreTexts(rule) => SchemaFieldKind.Lines,
            _ => SchemaFieldKind.Json,
        };
    }

    private static bool ItemsAreTexts(JsonElement rule) =>
        rule.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Object
        && items.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() == "string";

    private static string? BoundsOf(JsonElement rule) =>
        (rule.TryGetProperty("minimum", out var least) ? Plain(least) : null, rule.TryGetProperty("maximum", out var most) ? Plain(most) : null) switch
        {
            ({ } from, { } to) => UiText.Of("{0} to {1}", from, to),
            ({ } from, null) => UiText.Of("at least {0}", from),
            (null, { } to) => UiText.Of("at most {0}", to),
            _ => null,
        };

    private static int? Whole(JsonElement rule, string name) =>
        rule.TryGetProperty(name, out var value) && value.TryGetInt32(out var number) ? number : null;

    private static string? Text(JsonElement rule, string name) =>
        rule.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };

    // pauseMs, or pause_ms: Pause ms.
    private static string Words(string name)
    {
        var words = new StringBuilder();
        foreach (var c in name)
        {
            if (c is '_' or '-')
                words.Append(' ');
            else if (char.IsUpper(c) && words.Length > 0)
                words.Append(' ').Append(char.ToLower(c, CultureInfo.InvariantCulture));
            else
                words.Append(words.Length == 0 ? char.ToUpper(c, CultureInfo.InvariantCulture) : c);
        }

        return words.ToString();
    }
}
