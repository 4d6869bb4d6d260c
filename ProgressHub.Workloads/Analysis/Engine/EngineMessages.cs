using System.Text.Json;
using System.Text.Json.Serialization;
using ProgressHub.Workloads.Analysis.Sandbox;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Engine;

/// <summary>A file to read into a database of its own.</summary>
/// <param name="Id">What the table is called.</param>
/// <param name="Name">What the file is called.</param>
/// <param name="Source">The file.</param>
/// <param name="Target">The database, which is not there yet.</param>
/// <param name="Reading">What a person said of it.</param>
internal sealed record ImportRequest(string Id, string Name, string Source, string Target, TableReading? Reading);

/// <summary>How far an import is.</summary>
/// <param name="Share">The share that is done, 0..1.</param>
/// <param name="Rows">How many rows that is; 0 while its types are found out.</param>
/// <param name="TimeShare">
/// The share of its time that is over, as far as can be judged now, 0..1; unlike the other it may fall. Null while nothing is known.
/// </param>
internal sealed record ImportProgress(double Share, long Rows, double? TimeShare = null);

/// <summary>A query to run, or only to check.</summary>
/// <param name="Path">The database.</param>
/// <param name="Sql">The query.</param>
/// <param name="MaxRows">How many rows are kept.</param>
/// <param name="MaxBytes">How large they may be.</param>
internal sealed record QueryRequest(string Path, string Sql, int MaxRows, int MaxBytes);

/// <summary>What came of a query.</summary>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Its rows, each a list of values.</param>
/// <param name="Truncated">Whether there were more.</param>
/// <param name="Refusal">Why it may not run; the rest is missing then.</param>
internal sealed record QueryReply(IReadOnlyList<ResultColumn> Columns, JsonElement? Rows, bool Truncated, string? Refusal)
{
    /// <summary>Which of the columns hold exact decimals rather than floating-point numbers.</summary>
    public IReadOnlyList<bool> Exact { get; init; } = [];
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ImportRequest))]
[JsonSerializable(typeof(ImportProgress))]
[JsonSerializable(typeof(QueryRequest))]
[JsonSerializable(typeof(QueryReply))]
[JsonSerializable(typeof(TableProfile))]
internal sealed partial class EngineJson : JsonSerializerContext;
