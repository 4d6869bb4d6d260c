using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Components;

namespace ProgressHub.Web.Components.Results;

/// <summary>A JSON value, to be opened and closed; what it says is text, never markup.</summary>
public sealed partial class JsonTree
{
    private const int OpenDepth = 2;
    private const int MostChildren = 200;
    private const int MostCharacters = 4000;

    /// <summary>What it is called where it stands; null at the top.</summary>
    [Parameter]
    public string? Name { get; set; }

    /// <summary>The value.</summary>
    [Parameter, EditorRequired]
    public JsonElement Value { get; set; }

    /// <summary>How deep it stands.</summary>
    [Parameter]
    public int Depth { get; set; }

    private int Size => Value.ValueKind switch
    {
        JsonValueKind.Object => Value.GetPropertyCount(),
        JsonValueKind.Array => Value.GetArrayLength(),
        _ => 0,
    };

    private string SizeText => Value.ValueKind == JsonValueKind.Array
        ? string.Create(CultureInfo.InvariantCulture, $"[{Size:N0}]")
        : string.Create(CultureInfo.InvariantCulture, $"{{{Size:N0}}}");

    private IEnumerable<(string Key, JsonElement Child)> Children => Value.ValueKind == JsonValueKind.Object
        ? Value.EnumerateObject().Select(property => (property.Name, property.Value))
        : Value.EnumerateArray().Select((child, index) => (index.ToString(CultureInfo.InvariantCulture), child));

    private string Kind => Value.ValueKind switch
    {
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        _ => "word",
    };

    private string Text => Value.ValueKind switch
    {
        JsonValueKind.String when Value.GetString() is { Length: > MostCharacters } whole => $"{whole[..MostCharacters]}…",
        JsonValueKind.String => Value.GetString()!,
        JsonValueKind.Object => "{}",
        JsonValueKind.Array => "[]",
        _ => Value.GetRawText(),
    };
}
