using System.Text.Json;

namespace ProgressHub.Tests.Support;

/// <summary>An event as it came over a wire, to the character.</summary>
/// <param name="Json">Its JSON.</param>
internal sealed record SeenEvent(string Json)
{
    private readonly JsonElement _content = JsonDocument.Parse(Json).RootElement;

    public string JobId => _content.Text("jobId")!;

    public long Seq => _content.GetProperty("seq").GetInt64();

    public string Type => _content.Text("type")!;

    public int Attempt => _content.GetProperty("attempt").GetInt32();

    public bool IsDone => Type == "done";

    public JsonElement this[string property] => _content.GetProperty(property);

    public bool TryGet(string property, out JsonElement value) => _content.TryGetProperty(property, out value);

    public bool Equals(SeenEvent? other) => Json == other?.Json;

    public override int GetHashCode() => Json.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Json;
}
