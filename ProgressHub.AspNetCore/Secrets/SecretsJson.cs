using System.Text.Json.Serialization;

namespace ProgressHub.AspNetCore.Secrets;

/// <summary>The JSON that is encrypted.</summary>
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class SecretsJson : JsonSerializerContext;
