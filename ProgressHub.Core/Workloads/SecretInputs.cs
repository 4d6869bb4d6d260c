using System.Buffers;
using System.Text.Json;

namespace ProgressHub.Core.Workloads;

/// <summary>Puts the secrets of a job back into its input.</summary>
internal static class SecretInputs
{
    /// <summary>The input with those secrets that are still known.</summary>
    /// <param name="stored">The input as it is stored, without any.</param>
    /// <param name="names">What its secrets are called.</param>
    /// <param name="find">Finds one by its name; null where it is not known.</param>
    public static JsonElement Merge(JsonElement stored, IReadOnlyList<string> names, Func<string, string?> find)
    {
        var known = names.Select(name => (Name: name, Value: find(name))).Where(s => s.Value is not null).ToList();
        if (known.Count == 0 || stored.ValueKind != JsonValueKind.Object)
            return stored;

        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            foreach (var property in stored.EnumerateObject())
            {
                if (!known.Exists(s => s.Name == property.Name))
                    property.WriteTo(writer);
            }

            foreach (var (name, value) in known)
                writer.WriteString(name, value);
            writer.WriteEndObject();
        }

        return JsonElement.Parse(bytes.WrittenSpan);
    }
}
