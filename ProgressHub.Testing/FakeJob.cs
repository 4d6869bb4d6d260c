using System.Text.Json;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Testing;

/// <summary>What the attempts of one job share.</summary>
/// <param name="Input">The input without its secrets, as a server keeps it.</param>
/// <param name="Secrets">What it leaves out, by name.</param>
/// <param name="Files">Its files.</param>
internal sealed record FakeJob(JsonElement Input, Dictionary<string, string> Secrets, FakeFiles Files)
{
    public JobId Id { get; } = JobId.New();

    /// <summary>Takes the secrets out of an input.</summary>
    public static FakeJob Of(JsonElement input, IReadOnlyList<string> secretInputs, FakeFiles files)
    {
        if (input.ValueKind != JsonValueKind.Object || secretInputs.Count == 0)
            return new FakeJob(input, [], files);

        var secrets = new Dictionary<string, string>(StringComparer.Ordinal);
        var kept = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in input.EnumerateObject())
        {
            if (!secretInputs.Contains(property.Name))
                kept[property.Name] = property.Value;
            else if (property.Value.ValueKind == JsonValueKind.String)
                secrets[property.Name] = property.Value.GetString()!;
        }

        return new FakeJob(JsonSerializer.SerializeToElement(kept), secrets, files);
    }

    /// <summary>The input as it came, as a plan is made of it.</summary>
    public JsonElement InputWithSecrets()
    {
        if (Secrets.Count == 0)
            return Input;

        var all = JsonSerializer.SerializeToNode(Input)!.AsObject();
        foreach (var (name, value) in Secrets)
            all[name] = value;
        return JsonSerializer.SerializeToElement(all);
    }
}
