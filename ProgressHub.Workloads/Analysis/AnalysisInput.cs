using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Analysis.Samples;
using ProgressHub.Workloads.Analysis.Sandbox;
using ProgressHub.Workloads.Analysis.Tables;
using ProgressHub.Workloads.Inference;
using ProgressHub.Workloads.Inference.Usage;

namespace ProgressHub.Workloads.Analysis;

/// <summary>What is asked, and of which table.</summary>
[Trimmed]
internal sealed record AnalysisInput
{
    private const int MaxQuestion = 2000;
    private const int MaxName = 200;

    [JsonPropertyName("question"), Description("What to ask of the table, in plain words.")]
    [StringLength(MaxQuestion, MinimumLength = 1), Examples("What stocks have highest volatility?")]
    public string? Asked { get; init; }

    /// <summary>What is wanted of the table.</summary>
    [Description("`question` (the default) answers; `search` looks up the context of the question alone: earlier questions like it, and the columns and values it speaks of; `execute` runs `sql`.")]
    [Refusal("enum", Message = "'mode' is question, search or execute.")]
    public AnalysisMode Mode { get; init; }

    [Description("For `execute`: one query that only reads, over the one table, which is called `data`.")]
    [MaxLength(QueryLimits.Length), Examples("SELECT count(*) FROM data")]
    public string? Sql { get; init; }

    /// <summary>The session it belongs to; null for a question by itself.</summary>
    [Description("The session the question belongs to: an id of /api/sessions."), MaxLength(MaxName)]
    public string? Session { get; init; }

    /// <summary>The sample it is about.</summary>
    [Description("A table that comes with the server, instead of a session."), Examples("prices"), MaxLength(MaxName)]
    public string? Sample { get; init; }

    /// <summary>The uploaded file it is about.</summary>
    [Description("An uploaded table of up to 100 MB (CSV, TSV, .xlsx or Parquet), instead of a session."), FileInput, MaxLength(MaxName)]
    public string? File { get; init; }

    /// <summary>How the uploaded file is to be read; null where that is found out.</summary>
    [Description("How the file is to be read, where what is found out is wrong; all of it may be left out. A session says it when it is made.")]
    public TableReading? Reading { get; init; }

    [Description("What plans the query; the server's default where it is missing."), Refusal("enum", Code = "unknown_engine")]
    public string? Engine { get; init; }

    [Description(EngineInput.Model), MaxLength(EngineInput.MaxModel)]
    public string? Model { get; init; }

    /// <summary>The language of a model's words; the rules answer in English.</summary>
    [Description("The language a model explains in; rules answer in English."), MaxLength(20)]
    public string? Language { get; init; }

    [Description(EngineInput.Key), Secret, MaxLength(EngineInput.MaxKey)]
    public string? ApiKey { get; init; }

    [Description(EngineInput.BudgetTokens), Range(1, 1_000_000_000_000)]
    public long? BudgetTokens { get; init; }

    [Description(EngineInput.BudgetCost), Range(0.0001, 1_000_000)]
    public double? BudgetCost { get; init; }

    /// <summary>How much of models the job may use.</summary>
    [JsonIgnore]
    public UsageBudget Budget => EngineInput.Budget(BudgetTokens, BudgetCost);

    /// <summary>What is asked, or the query that is to be run.</summary>
    [JsonIgnore]
    public string Question => (Mode == AnalysisMode.Execute ? Sql : Asked) ?? "";

    /// <summary>Says in the schema which properties go together.</summary>
    public static void Shape(JsonObject schema)
    {
        schema["anyOf"] = JsonNode.Parse("""[{"required": ["question"]}, {"required": ["sql"]}]""");
        schema["oneOf"] = JsonNode.Parse("""[{"required": ["session"]}, {"required": ["sample"]}, {"required": ["file"]}]""");
    }

    /// <exception cref="WorkloadException"><c>invalid_input</c> or <c>unknown_sample</c>; the message says what to change.</exception>
    public AnalysisInput Checked()
    {
        if (Question.Length == 0)
        {
            throw Mode == AnalysisMode.Execute
                ? Refuse("sql", "'sql' is missing: the query to run.")
                : Refuse("question", "'question' is missing: what to ask of the table.");
        }

        if (new[] { Session, Sample, File }.Count(s => s is not null) != 1)
            throw Refuse("session", "Name what to ask: one of 'session', 'sample' (such as prices) and 'file' (an upload).");
        if (this is { Reading: not null, File: null })
            throw Refuse(ReadingInput.Property, "'reading' goes with a 'file'; a session says it when it is made.");
        if (Sample is not null && AnalysisSamples.Find(Sample) is null)
            throw UnknownSample();
        return this with { Reading = ReadingInput.Checked(Reading) };
    }

    /// <summary>Nothing prints its key by accident.</summary>
    public override string ToString() => nameof(AnalysisInput);

    public static WorkloadException UnknownSample() => new(
        "unknown_sample", $"'sample' is one of {string.Join(", ", AnalysisSamples.All.Select(s => s.Id))}.") { Property = "sample" };

    public static WorkloadException UnknownSession() =>
        new("session_not_found", "There is no such session.") { Property = "session" };

    private static WorkloadException Refuse(string property, string message) =>
        new("invalid_input", message) { Property = property };
}
