using System.Collections.Concurrent;
using System.Text.Json;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Execution;

/// <summary>
/// The secrets of requests to a server that is the only one: in memory, so that the store never holds one; a restart forgets them.
/// </summary>
internal sealed class JobSecrets(TimeProvider time) : IKeptSecrets
{
    /// <summary>No secrets.</summary>
    public static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    /// <summary>How long a failed job's secrets are kept for a retry.</summary>
    public static readonly TimeSpan KeptAfterFailure = TimeSpan.FromMinutes(15);

    /// <summary>The secrets of so many failed jobs are kept; of one more, the earliest's are forgotten.</summary>
    public const int MaxFailed = 1000;

    private readonly ConcurrentDictionary<JobId, IReadOnlyDictionary<string, string>> _secrets = new();
    private readonly Queue<(JobId Id, ITimer Expiry)> _failed = [];

    /// <summary>
    /// Splits an input into what may be stored and what may not. Whatever the case a name is written in, with or without
    /// hyphens and underscores: a secret must not reach the store because somebody wrote <c>api_key</c>. Nor because it
    /// stands where no workload looks for one, or came to a workload that takes none.
    /// </summary>
    /// <param name="input">The input.</param>
    /// <param name="secretNames">What the workload takes; it is kept apart where it stands at the top.</param>
    /// <param name="known">What any workload takes; it is left out wherever it stands.</param>
    public static (byte[] Stored, IReadOnlyDictionary<string, string> Secrets) Split(
        JsonElement input, IReadOnlyList<string> secretNames, IReadOnlySet<string> known)
    {
        var secrets = new Dictionary<string, string>();
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            if (known.Count == 0)
                input.WriteTo(writer);
            else
                CopyWithout(input, known, writer, property => Keep(property, secretNames, secrets));
        }

        return (stream.ToArray(), secrets);
    }

    /// <summary>Whether a text stands under a name that is known, wherever it stands.</summary>
    public static bool HasAny(JsonElement element, IReadOnlySet<string> known) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Any(property =>
            (property.Value.ValueKind == JsonValueKind.String && IsSecret(property.Name, known)) || HasAny(property.Value, known)),
        JsonValueKind.Array => element.EnumerateArray().Any(item => HasAny(item, known)),
        _ => false,
    };

    /// <inheritdoc/>
    public ValueTask KeepAsync(JobId id, IReadOnlyDictionary<string, string> secrets, CancellationToken cancellationToken)
    {
        if (secrets.Count > 0)
            _secrets[id] = secrets;
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyDictionary<string, string>> FindAsync(JobId id, CancellationToken cancellationToken) =>
        new(_secrets.GetValueOrDefault(id, None));

    /// <inheritdoc/>
    public void Forget(JobId id) => _secrets.TryRemove(id, out _);

    /// <inheritdoc/>
    public void ForgetLater(JobId id)
    {
        if (!_secrets.ContainsKey(id))
            return;
        lock (_failed)
        {
            _failed.Enqueue((id, time.CreateTimer(_ => ForgetEarliest(), null, KeptAfterFailure, Timeout.InfiniteTimeSpan)));
            if (_failed.Count > MaxFailed)
                ForgetEarliest();
        }
    }

    // All are kept equally long, so whichever timer fires, it is the earliest's time that is over.
    private void ForgetEarliest()
    {
        lock (_failed)
        {
            if (!_failed.TryDequeue(out var earliest))
                return;
            earliest.Expiry.Dispose();
            Forget(earliest.Id);
        }
    }

    /// <summary>An input with its secrets back in, for checking it again.</summary>
    public static JsonElement Merge(IReadOnlyDictionary<string, string> secrets, JsonElement stored)
    {
        if (secrets.Count == 0 || stored.ValueKind != JsonValueKind.Object)
            return stored;

        // Of a name that stands there twice the last counts, as for whoever reads it.
        var merged = new Dictionary<string, JsonElement>();
        foreach (var property in stored.EnumerateObject())
            merged[property.Name] = property.Value;
        foreach (var (name, value) in secrets)
            merged[name] = JsonSerializer.SerializeToElement(value, SecretJson.Default.String);
        return JsonSerializer.SerializeToElement(merged, SecretJson.Default.DictionaryStringJsonElement);
    }

    private static void Keep(JsonProperty property, IReadOnlyList<string> names, Dictionary<string, string> secrets)
    {
        if (names.FirstOrDefault(name => string.Equals(name, property.Name, StringComparison.OrdinalIgnoreCase)) is { } own)
            secrets[own] = property.Value.GetString()!;
    }

    /// <summary>Copies all but texts under a name that is known; those at the top are told of.</summary>
    private static void CopyWithout(JsonElement element, IReadOnlySet<string> known, Utf8JsonWriter writer, Action<JsonProperty>? left)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in element.EnumerateObject())
                {
                    if (property.Value.ValueKind == JsonValueKind.String && IsSecret(property.Name, known))
                    {
                        left?.Invoke(property);
                        continue;
                    }

                    writer.WritePropertyName(property.Name);
                    CopyWithout(property.Value, known, writer, null);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                    CopyWithout(item, known, writer, null);
                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static bool IsSecret(string name, IReadOnlySet<string> known) =>
        known.Contains(name) || known.Contains(name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal));
}

[System.Text.Json.Serialization.JsonSerializable(typeof(Dictionary<string, JsonElement>))]
[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class SecretJson : System.Text.Json.Serialization.JsonSerializerContext;
