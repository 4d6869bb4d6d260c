using System.Collections.Concurrent;
using System.Text.Json;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Execution;

/// <summary>
/// Secrets that came with a request: in memory, for that job only, until it ends, and a little longer where it failed,
/// so that a retry has them. They are taken out of the input before it is stored, so neither the store nor an export ever
/// holds one; a restart forgets them.
/// </summary>
internal sealed class JobSecrets(TimeProvider time)
{
    /// <summary>How long a failed job's secrets are kept for a retry.</summary>
    public static readonly TimeSpan KeptAfterFailure = TimeSpan.FromMinutes(15);

    /// <summary>The secrets of so many failed jobs are kept; of one more, the earliest's are forgotten.</summary>
    public const int MaxFailed = 1000;

    private readonly ConcurrentDictionary<JobId, IReadOnlyDictionary<string, string>> _secrets = new();
    private readonly Queue<(JobId Id, ITimer Expiry)> _failed = [];

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

    public void Forget(JobId id) => _secrets.TryRemove(id, out _);

    /// <summary>The job has failed: its secrets are kept for <see cref="KeptAfterFailure"/>.</summary>
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
