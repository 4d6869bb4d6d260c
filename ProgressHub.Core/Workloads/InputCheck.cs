using System.Text.Json;
using System.Text.RegularExpressions;

namespace ProgressHub.Core.Workloads;

/// <summary>Checks one input against its rules; the first thing that is wrong is told by name.</summary>
internal sealed class InputCheck
{
    private const string Whole = "input";

    /// <summary>Whether the JSON has to be written anew before it can be read: see <see cref="InputRewriting"/>.</summary>
    public bool Rewrites { get; private set; }

    /// <exception cref="WorkloadException">Something is missing or wrong; <c>Property</c> names it.</exception>
    public void Check(InputRule rule, JsonElement input)
    {
        if (input.ValueKind != JsonValueKind.Object)
            throw new WorkloadException("invalid_input", "The input is a JSON object.") { Property = Whole };
        CheckObject(rule, input, "");
    }

    private void CheckValue(InputRule rule, JsonElement value, string path)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                CheckText(rule, value, path);
                break;
            case JsonValueKind.Number:
                CheckNumber(rule, value, path);
                break;
            case JsonValueKind.True or JsonValueKind.False:
                InputRefusal.Unless(rule.Takes("boolean") && rule.Choices.Count == 0, rule, "type", path);
                break;
            case JsonValueKind.Array:
                CheckList(rule, value, path);
                break;
            case JsonValueKind.Object:
                InputRefusal.Unless(rule.Takes("object") && rule.Choices.Count == 0, rule, "type", path);
                CheckObject(rule, value, path);
                break;
            default:
                InputRefusal.Unless(rule.Types.Count == 0 || rule.Takes("null"), rule, "type", path);
                break;
        }
    }

    private void CheckObject(InputRule rule, JsonElement value, string path)
    {
        HashSet<string>? given = null;
        var count = 0;
        foreach (var member in value.EnumerateObject())
        {
            var name = InputText.NameOf(member, path);
            count++;
            if (!rule.Properties.TryGetValue(name, out var property))
            {
                InputRefusal.Unless(!rule.IsClosed, rule, "additionalProperties", At(path, name));
                if (rule.Others is { } others)
                    CheckValue(others, member.Value, At(path, name));
                continue;
            }

            var at = At(path, property.Name);
            InputRefusal.Unless((given ??= new HashSet<string>(StringComparer.Ordinal)).Add(property.Name), rule, "twice", at);
            if (IsLeftOut(property.Rule, member.Value, at))
            {
                InputRefusal.Unless(!property.Required, property.Rule, "required", at);
                Rewrites = true;
            }
            else
            {
                CheckValue(property.Rule, member.Value, at);
            }
        }

        InputRefusal.Unless(count >= (rule.MinCount ?? 0), rule, "minProperties", path);
        InputRefusal.Unless(count <= (rule.MaxCount ?? int.MaxValue), rule, "maxProperties", path);
        foreach (var property in rule.Properties.Values)
            InputRefusal.Unless(!property.Required || given?.Contains(property.Name) == true, property.Rule, "required", At(path, property.Name));
    }

    private static bool IsLeftOut(InputRule rule, JsonElement value, string path) =>
        value.ValueKind == JsonValueKind.Null
        || (rule.Notes.Trimmed && value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(InputText.Of(value, path)));

    private void CheckText(InputRule rule, JsonElement value, string path)
    {
        if (rule.Notes.LoneFile)
        {
            // One file may stand alone.
            Rewrites = true;
            return;
        }

        InputRefusal.Unless(rule.Takes("string"), rule, "type", path);
        var text = InputText.Of(value, path);
        if (rule.Notes.Trimmed)
        {
            var trimmed = text.Trim();
            Rewrites |= trimmed.Length != text.Length;
            text = trimmed;
        }

        InputRefusal.Unless(rule.Choices.Count == 0 || rule.Choices.Contains(text), rule, "enum", path);

        // White space alone is no text, where there has to be one.
        InputRefusal.Unless(rule.MinLength is null or 0 || text.AsSpan().Trim().Length >= rule.MinLength, rule, "minLength", path);
        InputRefusal.Unless(text.Length <= (rule.MaxLength ?? int.MaxValue), rule, "maxLength", path);
        InputRefusal.Unless(Matches(rule, text), rule, "pattern", path);
    }

    private static bool Matches(InputRule rule, string text)
    {
        try
        {
            return rule.Pattern is null || rule.Pattern.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static void CheckNumber(InputRule rule, JsonElement value, string path)
    {
        var whole = !rule.Takes("number");
        InputRefusal.Unless(!whole || rule.Takes("integer"), rule, "type", path);
        InputRefusal.Unless(!whole || value.TryGetInt64(out _), rule, "type", path);
        var number = value.GetDouble();
        InputRefusal.Unless(double.IsFinite(number), rule, "type", path);
        InputRefusal.Unless(rule.Choices.Count == 0 || rule.Choices.Contains(value.GetRawText()), rule, "enum", path);
        InputRefusal.Unless(number >= (rule.Minimum ?? double.MinValue), rule, "minimum", path);
        InputRefusal.Unless(number <= (rule.Maximum ?? double.MaxValue), rule, "maximum", path);
        InputRefusal.Unless(rule.Above is null || number > rule.Above, rule, "exclusiveMinimum", path);
        InputRefusal.Unless(rule.Below is null || number < rule.Below, rule, "exclusiveMaximum", path);
    }

    private void CheckList(InputRule rule, JsonElement value, string path)
    {
        InputRefusal.Unless(rule.Takes("array") && rule.Choices.Count == 0, rule, "type", path);
        var count = value.GetArrayLength();
        InputRefusal.Unless(count >= (rule.MinCount ?? 0), rule, "minItems", path);
        InputRefusal.Unless(count <= (rule.MaxCount ?? int.MaxValue), rule, "maxItems", path);
        if (rule.Items is not { } items)
            return;
        foreach (var (index, item) in value.EnumerateArray().Index())
            CheckValue(items, item, $"{path}[{index}]");
    }

    private static string At(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
