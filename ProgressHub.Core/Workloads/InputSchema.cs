using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ProgressHub.Core.Workloads;

/// <summary>
/// Exports the JSON Schema (2020-12) of an input from its record: its properties, and what their attributes say. Besides the
/// schema it notes what a schema has no word for; both together are the rules an input is checked against.
/// </summary>
internal sealed class InputSchema
{
    private const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    private readonly Dictionary<JsonObject, InputNotes> _notes = new(ReferenceEqualityComparer.Instance);
    private readonly List<string> _secrets = [];

    private InputSchema(Type type, string title)
    {
        var exported = Options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = Transform,
        });
        Root = exported as JsonObject ?? throw new InvalidOperationException($"{type} is no record that an input can be read as.");

        // An input is always there, whatever the annotations of its type parameter say.
        Root["type"] = "object";
        Root.Insert(0, "$schema", Dialect);
        Root.Insert(1, "title", title);
    }

    /// <summary>How inputs are read: camelCase names in whatever case, numbers as numbers, enums by name.</summary>
    public static JsonSerializerOptions Options { get; } = MakeOptions();

    public JsonObject Root { get; }

    /// <summary>The secrets, by their JSON names.</summary>
    public IReadOnlyList<string> Secrets => _secrets;

    /// <summary>The property that names files; null where there is none.</summary>
    public string? FileInput { get; private set; }

    public int MaxFiles { get; private set; } = 1;

    public static InputSchema Of(Type type, string title) => new(type, title);

    /// <summary>What the schema can't say of a part of it.</summary>
    public InputNotes? NotesOf(JsonObject schema) => _notes.GetValueOrDefault(schema);

    private JsonNode Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        var schema = node as JsonObject ?? [];
        if (context.PropertyInfo is not { } property)
        {
            if (context.TypeInfo.Type.GetCustomAttribute<DescriptionAttribute>() is { } said && context.Path.Length > 0)
                schema["description"] = said.Description;
            return node is JsonObject ? schema : node;
        }

        var attributes = new InputAttributes(property);
        if (schema["enum"] is not null && schema["type"] is null)
            schema["type"] = "string";
        attributes.Annotate(schema);
        var notes = attributes.Notes();
        _notes[schema] = notes;
        if (!notes.Required)
            AllowNull(schema);
        if (DefaultOf(property) is { } value && !schema.ContainsKey("default"))
            schema["default"] = value;
        Mark(property, attributes, schema, isTopLevel: context.Path.Length == 2);
        return schema;
    }

    /// <summary>Notes secrets and files. Deeper down nobody would look for them, and a secret would be stored.</summary>
    private void Mark(JsonPropertyInfo property, InputAttributes attributes, JsonObject schema, bool isTopLevel)
    {
        if ((attributes.IsSecret || attributes.IsFile) && !isTopLevel)
            throw new InvalidOperationException($"'{property.Name}' is marked as a secret or a file, and is no property of the input itself.");
        if (attributes.IsSecret && property.PropertyType != typeof(string))
            throw new InvalidOperationException($"'{property.Name}' is marked as a secret, and is no text.");
        if (attributes.IsSecret)
            _secrets.Add(property.Name);
        if (attributes.IsFile)
            (FileInput, MaxFiles) = (property.Name, (int?)schema["maxItems"] ?? 1);
    }

    /// <summary>What is not required may be null: it is then as if it were left out.</summary>
    private static void AllowNull(JsonObject schema)
    {
        if (schema["type"] is JsonValue type && type.GetValue<string>() != "null")
            schema["type"] = new JsonArray(type.GetValue<string>(), "null");
        if (schema["enum"] is JsonArray values && !values.Any(v => v is null))
            values.Add(null);
    }

    /// <summary>What the record has where nothing is given; null where that says nothing.</summary>
    private static JsonNode? DefaultOf(JsonPropertyInfo property)
    {
        if (property.IsRequired || property.Get is not { } get
            || Options.GetTypeInfo(property.DeclaringType).CreateObject is not { } create)
            return null;
        return get(create()) switch
        {
            string or bool or int or long or double or decimal or Enum =>
                JsonSerializer.SerializeToNode(get(create()), Options.GetTypeInfo(property.PropertyType)),
            _ => null,
        };
    }

    private static void RequireMarked(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.AttributeProvider?.IsDefined(typeof(RequiredAttribute), inherit: true) == true)
                property.IsRequired = true;
        }
    }

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            // "5" is a text.
            NumberHandling = JsonNumberHandling.Strict,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RequireMarked } },
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        };
        options.MakeReadOnly();
        return options;
    }
}
