using System.Text.Json.Serialization;

namespace ProgressHub.Web.Localization;

[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class UiTextJson : JsonSerializerContext;
