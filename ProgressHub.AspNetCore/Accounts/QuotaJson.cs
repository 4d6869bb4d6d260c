using System.Text.Json.Serialization;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>The JSON of usage, quotas and administration.</summary>
[JsonSourceGenerationOptions(
    System.Text.Json.JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(AccountUsageView))]
[JsonSerializable(typeof(QuotaView))]
[JsonSerializable(typeof(OwnedKeyViews))]
[JsonSerializable(typeof(AuditPage))]
[JsonSerializable(typeof(Dictionary<string, decimal?>))]
internal sealed partial class QuotaJson : JsonSerializerContext;
