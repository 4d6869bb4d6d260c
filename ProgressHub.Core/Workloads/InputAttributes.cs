using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace ProgressHub.Core.Workloads;

/// <summary>The attributes of an input property, whether they stand on it or on the parameter of a positional record.</summary>
internal sealed class InputAttributes
{
    // Others say nothing where nobody gave them words.
    private static readonly string? AllowedByDefault = new AllowedValuesAttribute().ErrorMessage;

    private readonly JsonPropertyInfo _property;
    private readonly object[] _all;

    public InputAttributes(JsonPropertyInfo property)
    {
        _property = property;
        _all =
        [
            .. property.AttributeProvider?.GetCustomAttributes(inherit: true) ?? [],
            .. property.AssociatedParameter?.AttributeProvider?.GetCustomAttributes(inherit: true) ?? [],
        ];
    }

    public bool IsSecret => Has<SecretAttribute>();

    public bool IsFile => Has<FileInputAttribute>();

    /// <summary>Writes into a schema what the attributes say.</summary>
    public void Annotate(JsonObject schema)
    {
        foreach (var attribute in _all)
            Annotate(schema, attribute);
    }

    public InputNotes Notes()
    {
        var refusals = new Dictionary<string, RefusalAttribute>(StringComparer.Ordinal);
        foreach (var validation in _all.OfType<ValidationAttribute>().Where(v => v.ErrorMessage is not null && v.ErrorMessage != AllowedByDefault))
        {
            foreach (var keyword in KeywordsOf(validation))
                refusals[keyword] = new RefusalAttribute(keyword) { Message = validation.FormatErrorMessage(_property.Name) };
        }

        foreach (var refusal in _all.OfType<RefusalAttribute>())
            refusals[refusal.Keyword] = refusal;
        var trimmed = _property.PropertyType == typeof(string)
            && (Has<TrimmedAttribute>() || _property.DeclaringType.GetCustomAttribute<TrimmedAttribute>() is not null);
        var required = _property.IsRequired || Has<RequiredAttribute>()
            || _property.AssociatedParameter is { HasDefaultValue: false };
        return new InputNotes(required, trimmed, Has<LenientAttribute>(), IsFile && _property.PropertyType != typeof(string), refusals);
    }

    private static void Annotate(JsonObject schema, object attribute)
    {
        switch (attribute)
        {
            case DescriptionAttribute said:
                schema["description"] = said.Description;
                break;
            case RangeAttribute range:
                Bound(schema, range.MinimumIsExclusive ? "exclusiveMinimum" : "minimum", range.Minimum);
                Bound(schema, range.MaximumIsExclusive ? "exclusiveMaximum" : "maximum", range.Maximum);
                break;
            case StringLengthAttribute length:
                Size(schema, length.MinimumLength > 0 ? length.MinimumLength : null, length.MaximumLength);
                break;
            case LengthAttribute length:
                Size(schema, length.MinimumLength, length.MaximumLength);
                break;
            case MinLengthAttribute least:
                Size(schema, least.Length, null);
                break;
            case MaxLengthAttribute most:
                Size(schema, null, most.Length);
                break;
            case RegularExpressionAttribute pattern:
                schema["pattern"] = Anchored(pattern.Pattern);
                break;
            case AllowedValuesAttribute allowed:
                schema["enum"] = new JsonArray([.. allowed.Values.Select(v => JsonSerializer.SerializeToNode(v))]);
                break;
            case ExamplesAttribute examples:
                schema["examples"] = new JsonArray([.. examples.Values.Select(v => Is(schema, "string") ? v : JsonNode.Parse(v))]);
                break;
            case SecretAttribute:
                schema["writeOnly"] = true;
                break;
        }
    }

    private static IEnumerable<string> KeywordsOf(ValidationAttribute attribute) => attribute switch
    {
        RequiredAttribute => ["required"],
        RangeAttribute => ["type", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"],
        StringLengthAttribute or LengthAttribute => ["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"],
        MinLengthAttribute => ["minLength", "minItems", "minProperties"],
        MaxLengthAttribute => ["maxLength", "maxItems", "maxProperties"],
        RegularExpressionAttribute => ["pattern"],
        AllowedValuesAttribute => ["enum"],
        _ => [],
    };

    /// <summary>A bound; the largest number there is bounds nothing.</summary>
    private static void Bound(JsonObject schema, string keyword, object value)
    {
        var number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        if (Math.Abs(number) >= double.MaxValue || number is int.MaxValue or int.MinValue)
            return;
        schema[keyword] = value is int whole ? whole : number;
    }

    private static void Size(JsonObject schema, int? least, int? most)
    {
        var of = Is(schema, "array") ? "Items" : Is(schema, "object") ? "Properties" : "Length";
        if (least is { } min)
            schema[$"min{of}"] = min;
        if (most is { } max)
            schema[$"max{of}"] = max;
    }

    private static bool Is(JsonObject schema, string type) => schema["type"] switch
    {
        JsonArray types => types.Any(t => t?.GetValue<string>() == type),
        JsonValue one => one.GetValue<string>() == type,
        _ => false,
    };

    // An attribute matches the whole text, a schema any part of it.
    private static string Anchored(string pattern) =>
        pattern.StartsWith('^') && pattern.EndsWith('$') && !pattern.Contains('|', StringComparison.Ordinal) ? pattern : $"^(?:{pattern})$";

    private bool Has<T>()
        where T : Attribute => _all.OfType<T>().Any();
}
