using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ProgressHub.Workloads.Analysis.Charts;
using ProgressHub.Workloads.Analysis.Planning;
using ProgressHub.Workloads.Analysis.Sandbox;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Results;

/// <summary>The answer to a question over a table, as the API gives it.</summary>
public sealed record AnalysisResult
{
    /// <summary>The question.</summary>
    public required string Question { get; init; }

    /// <summary>The answer, in words.</summary>
    public required string Text { get; init; }

    /// <summary>Whether the question was understood; where not, <see cref="Text"/> says what is, and there is no query.</summary>
    public bool Understood { get; init; } = true;

    /// <summary>The query that was run; null where none was.</summary>
    public string? Sql { get; init; }

    /// <summary>What the query does, for a person.</summary>
    public string? Explanation { get; init; }

    /// <summary>The columns of its result.</summary>
    public required IReadOnlyList<ResultColumn> Columns { get; init; }

    /// <summary>Its rows: numbers, texts and nulls.</summary>
    public required JsonElement Rows { get; init; }

    /// <summary>Whether it had more rows than are kept.</summary>
    public bool Truncated { get; init; }

    /// <summary>How to draw it.</summary>
    public required ChartSpec Chart { get; init; }

    /// <summary>Whether an earlier answer to the same question was taken.</summary>
    public bool Cached { get; init; }

    /// <summary>Who planned it: <c>rules</c>, <c>openai</c> or <c>anthropic</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>What it was asked of.</summary>
    public required DataView Data { get; init; }

    /// <summary>What to keep in mind: oddities of the file, and what was taken for granted.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Earlier questions of the same data that are like it, the most alike first.</summary>
    public IReadOnlyList<SimilarQuestion> Similar { get; init; } = [];

    /// <summary>Questions that would be understood, where this one was not.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];
}

/// <summary>A table, in a few words.</summary>
/// <param name="Id">The SHA-256 of its file.</param>
/// <param name="Name">What its file is called.</param>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Columns">Its columns.</param>
public sealed record DataView(string Id, string Name, long Rows, IReadOnlyList<ResultColumn> Columns)
{
    internal static DataView Of(TableProfile table) =>
        new(table.Id, table.Name, table.Rows, [.. table.Columns.Select(c => new ResultColumn(c.Name, c.Type))]);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AnalysisResult))]
[JsonSerializable(typeof(TableProfile))]
[JsonSerializable(typeof(TableReading))]
[JsonSerializable(typeof(ChartSpec))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(List<string>))]
internal sealed partial class AnalysisJson : JsonSerializerContext
{
    /// <summary>Without escapes beyond what JSON needs, for results that people read.</summary>
    public static AnalysisJson Readable { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
