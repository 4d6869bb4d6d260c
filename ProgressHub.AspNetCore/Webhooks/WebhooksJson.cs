using System.Text.Json;
using System.Text.Json.Serialization;
using ProgressHub.Core.Webhooks;

namespace ProgressHub.AspNetCore.Webhooks;

/// <summary>The JSON of webhooks and their deliveries.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(WebhookView))]
[JsonSerializable(typeof(WebhookTestRequest))]
[JsonSerializable(typeof(WebhookTestView))]
internal sealed partial class WebhooksJson : JsonSerializerContext;
