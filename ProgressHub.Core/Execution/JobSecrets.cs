using System.Collections.Concurrent;
using System.Text.Json;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Execution;

/// <summary>
/// Secrets that came with a request: in memory, for that job only, until it ends. They are taken out of the input before
/// it is stored, so neither the store nor an export ever holds one; a restart forgets them.
/// </summary>
internal sealed class JobSecrets
{
    private readonly ConcurrentDictionary<JobId, IReadOnlyDictionary<string, string>> _secrets = new();

    /// <summary>
    /// Splits an input into what may be stored and what may not. Whatever the case a name is written in: workloads read
    /// their input that way, and a secret must not reach the store because somebody wrote <c>ApiKey</c>.
    /// </summary>
    public static (byte[] Stored, IReadOnlyDictionary<string, string> Secrets) Split(
        JsonElement input, IReadOnlyList<string> secretNames)
    {
        var secrets = new Dictionary<string, string>();
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            if (input.ValueKind != JsonValueKind.Object || secretNames.Count == 0)
                input.WriteTo(writer);
            else
                CopyWithout(input, secretNames, secrets, writer);
        }

        return (stream.ToArray(), secrets);
    }

    public void Keep(JobId id, IReadOnlyDictionary<string, string> secrets)
    {
        if (secrets.Count > 0)
            _secrets[id] = secrets;
    }

    public string? Find(JobId id, string name) => _secrets.GetValueOrDefault(id)?.GetValueOrDefault(name);

    /// <summary>Gives the secrets of one job to another that takes up its work.</summary>
    public void Share(JobId from, JobId to)
    {
        if (_secrets.TryGetValue(from, out var secrets))
            _secrets[to] = secrets;
    }

    public void Forget(JobId id) => _secrets.TryRemove(id, out _);

    /// <summary>The input with its secrets back in, for checking it again.</summary>
    public JsonElement Merge(JobId id, JsonElement stored)
    {
        if (!_secrets.TryGetValue(id, out var secrets) || stored.ValueKind != JsonValueKind.Object)
            return stored;

        var merged = stored.EnumerateObject().ToDictionary(p => p.Name, p => p.Value);
        foreach (var (name, value) in secrets)
            merged[name] = JsonSerializer.SerializeToElement(value, SecretJson.Default.String);
        return JsonSerializer.SerializeToElement(merged, SecretJson.Default.DictionaryStringJsonElement);
    }

    private static void CopyWithout(
        JsonElement input, IReadOnlyList<string> names, Dictionary<string, string> secrets, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var property in input.EnumerateObject())
        {
            var name = names.FirstOrDefault(n => string.Equals(n, property.Name, StringComparison.OrdinalIgnoreCase));
            if (name is null)
                property.WriteTo(writer);
            else if (property.Value.ValueKind == JsonValueKind.String)
                secrets[name] = property.Value.GetString()!;
        }

        writer.WriteEndObject();
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(Dictionary<string, JsonElement>))]
[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class SecretJson : System.Text.Json.Serialization.JsonSerializerContext;
