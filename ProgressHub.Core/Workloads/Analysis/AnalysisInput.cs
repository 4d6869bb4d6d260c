using System.Text.Json;
using ProgressHub.Core.Workloads.Analysis.Samples;
using ProgressHub.Core.Workloads.Analysis.Sandbox;

namespace ProgressHub.Core.Workloads.Analysis;

/// <summary>A checked request. Its key is not part of it: that comes from the job's secrets.</summary>
internal sealed record AnalysisInput
{
    public const string FileProperty = "file";
    public const int MaxQuestion = 2000;
    private const int MaxName = 200;

    /// <summary>What is wanted of the table.</summary>
    public AnalysisMode Mode { get; init; }

    /// <summary>What is asked, or the query that is to be run.</summary>
    public required string Question { get; init; }

    /// <summary>The session it belongs to; null for a question by itself.</summary>
    public string? Session { get; init; }

    /// <summary>The sample it is about.</summary>
    public string? Sample { get; init; }

    /// <summary>The uploaded file it is about.</summary>
    public string? File { get; init; }

    public string? Engine { get; init; }

    public string? Model { get; init; }

    /// <summary>The language of a model's words; the rules answer in English.</summary>
    public string? Language { get; init; }

    /// <exception cref="WorkloadException"><c>invalid_input</c> or <c>unknown_sample</c>; the message says what to change.</exception>
    public static AnalysisInput Parse(JsonElement input)
    {
        if (input.ValueKind != JsonValueKind.Object)
            throw InputReading.Invalid("input", "The input is a JSON object.");
        var mode = ModeOf(InputReading.Text(input, "mode", MaxName));
        var read = new AnalysisInput
        {
            Mode = mode,
            Question = mode == AnalysisMode.Execute
                ? InputReading.Text(input, "sql", QueryLimits.Length) ?? throw InputReading.Invalid("sql", "'sql' is missing: the query to run.")
                : InputReading.Text(input, "question", MaxQuestion) ?? throw InputReading.Invalid("question", "'question' is missing: what to ask of the table."),
            Session = InputReading.Text(input, "session", MaxName),
            Sample = InputReading.Text(input, "sample", MaxName),
            File = InputReading.Text(input, FileProperty, MaxName),
            Engine = InputReading.Text(input, "engine", MaxName),
            Model = InputReading.Text(input, "model", MaxName),
            Language = InputReading.Text(input, "language", 20),
        };
        if (new[] { read.Session, read.Sample, read.File }.Count(s => s is not null) != 1)
            throw InputReading.Invalid("session", "Name what to ask: one of 'session', 'sample' (such as prices) and 'file' (an upload).");
        return read.Sample is null || AnalysisSamples.Find(read.Sample) is not null ? read : throw UnknownSample();
    }

    private static AnalysisMode ModeOf(string? mode) => mode switch
    {
        null or "question" => AnalysisMode.Question,
        "search" => AnalysisMode.Search,
        "execute" => AnalysisMode.Execute,
        _ => throw InputReading.Invalid("mode", "'mode' is question, search or execute."),
    };

    public static WorkloadException UnknownSample() => new(
        "unknown_sample", $"'sample' is one of {string.Join(", ", AnalysisSamples.All.Select(s => s.Id))}.") { Property = "sample" };

    public static WorkloadException UnknownSession() =>
        new("session_not_found", "There is no such session.") { Property = "session" };
}

/// <summary>What is wanted of a table.</summary>
internal enum AnalysisMode
{
    /// <summary>The answer to a question.</summary>
    Question,

    /// <summary>What is known about a question: earlier ones like it, the columns and values it speaks of.</summary>
    Search,

    /// <summary>What a query of the asker's gives.</summary>
    Execute,
}
