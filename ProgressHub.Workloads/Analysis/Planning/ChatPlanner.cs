using System.Globalization;
using System.Text.Json;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Analysis.Sandbox;
using ProgressHub.Workloads.Analysis.Tables;
using ProgressHub.Workloads.Inference;
using ProgressHub.Workloads.Inference.Prompts;
using ProgressHub.Workloads.Inference.Usage;

namespace ProgressHub.Workloads.Analysis.Planning;

/// <summary>Lets a chat model write the query. What it writes is nothing but a proposal: the sandbox decides.</summary>
internal sealed class ChatPlanner(IChatEngine engine, ChatCall call, TransientRetry retry)
{
    private const string Feature = "Analysis";
    private const int MaxColumns = 100;
    private const int MaxValues = 20;
    private const int ExpectedAnswer = 2000;

    public IChatEngine Engine => engine;

    /// <summary>Asks for a plan.</summary>
    /// <param name="request">The question, and with which model, key and language.</param>
    /// <param name="table">What it is about.</param>
    /// <param name="similar">Questions like it that were answered before.</param>
    /// <param name="rejected">The model's last plan and why it could not be used; null at first.</param>
    /// <param name="retrying">Hears of each failure that is followed by another try.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="UnsafeQueryException">The answer holds no query.</exception>
    public async Task<QuestionPlan> PlanAsync(
        PlanRequest request, TableProfile table, IReadOnlyList<SimilarQuestion> similar, RejectedPlan? rejected,
        Func<WorkloadException, TimeSpan, ValueTask> retrying, CancellationToken cancellationToken)
    {
        var chat = new ChatOrder(
            engine, PromptFile.Get(Feature, "plan"), await ValuesAsync(request, table, similar, rejected))
        {
            Model = request.Model,
            ApiKey = request.ApiKey,
            ExpectedCharacters = ExpectedAnswer,
            Meter = request.Meter,
            Functions = request.Functions,
        };
        return Read(await retry.RunAsync(token => call.CompleteAsync(chat, token), retrying, cancellationToken));
    }

    private static async Task<IReadOnlyDictionary<string, string>> ValuesAsync(
        PlanRequest request, TableProfile table, IReadOnlyList<SimilarQuestion> similar, RejectedPlan? rejected) =>
        new Dictionary<string, string>
        {
            ["table"] = TableProfile.Table,
            ["rows"] = table.Rows.ToString(CultureInfo.InvariantCulture),
            ["columns"] = string.Join('\n', table.Columns.Take(MaxColumns).Select(Describe)),
            ["allowed"] = string.Join(", ", AllowedFunctions.Names.Order()),
            ["question"] = request.Question,
            ["language"] = request.Language is null ? "" : await FillAsync("language", ("language", request.Language)),
            ["similar"] = similar.Count == 0 ? "" : await FillAsync("similar", ("questions", string.Join('\n', similar.Select(s => $"- {s.Question}")))),
            ["again"] = rejected is null ? "" : await FillAsync("again", ("complaint", rejected.Reason), ("sql", rejected.Sql ?? "none")),
        };

    private static Task<string> FillAsync(string name, params (string Name, string Value)[] values) =>
        PromptFile.Get(Feature, name).FillAsync(values.ToDictionary(v => v.Name, v => v.Value), CancellationToken.None);

    private static string Describe(TableColumn column)
    {
        var more = column.Values.Count > 0 ? $": one of {string.Join(", ", column.Values.Take(MaxValues))}{(column.Values.Count > MaxValues ? ", …" : "")}"
            : column.Min is not null ? $": {column.Min} to {column.Max}" : "";
        return $"{column.Sql} {column.Type.ToString().ToLowerInvariant()}{more}";
    }

    // JSON as it was asked for, or a query in a fence, or bare: models differ.
    private static QuestionPlan Read(string answer)
    {
        var thoughts = answer.LastIndexOf("</think>", StringComparison.Ordinal);
        if (thoughts >= 0)
            answer = answer[(thoughts + "</think>".Length)..];
        var (start, end) = (answer.IndexOf('{'), answer.LastIndexOf('}'));
        if (start >= 0 && end > start)
        {
            try
            {
                using var json = JsonDocument.Parse(answer.AsMemory(start, end - start + 1), new JsonDocumentOptions { AllowTrailingCommas = true });
                if (json.RootElement.TryGetProperty("sql", out var sql) && sql.ValueKind == JsonValueKind.String && sql.GetString() is { Length: > 0 } query)
                {
                    return Plan(query, json.RootElement.TryGetProperty("explanation", out var said) && said.ValueKind == JsonValueKind.String ? said.GetString() : null);
                }
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                // Perhaps it is SQL with braces.
            }
        }

        var fence = answer.IndexOf("```", StringComparison.Ordinal);
        var line = fence < 0 ? -1 : answer.IndexOf('\n', fence);
        var close = line < 0 ? -1 : answer.IndexOf("```", line, StringComparison.Ordinal);
        var bare = (close > 0 ? answer[line..close] : answer).Trim();
        return bare.StartsWith("select", StringComparison.OrdinalIgnoreCase) || bare.StartsWith("with", StringComparison.OrdinalIgnoreCase)
            ? Plan(bare, null)
            : throw new UnsafeQueryException("is missing: answer with JSON that has \"sql\"");
    }

    private static QuestionPlan Plan(string sql, string? explanation) => new(
        PlanKind.Any, sql.Trim(), explanation is { Length: > 0 and <= 1000 } ? explanation.Trim() : "The query of the model.");
}

/// <summary>What a model is asked. A class and not a record, so that nothing prints its key by accident.</summary>
internal sealed class PlanRequest(string question)
{
    public string Question { get; } = question;

    /// <summary>Which model; null for the configured one.</summary>
    public string? Model { get; init; }

    /// <summary>The key that came with the request.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The language of its explanation.</summary>
    public string? Language { get; init; }

    /// <summary>Counts what models are used; null where nobody does.</summary>
    public JobMeter? Meter { get; init; }

    /// <summary>What it may look up in the table; null for nothing.</summary>
    public ChatFunctions? Functions { get; init; }
}

/// <summary>A plan that could not be used.</summary>
/// <param name="Sql">Its query; null where there was none.</param>
/// <param name="Reason">Why, after "the query".</param>
internal sealed record RejectedPlan(string? Sql, string Reason);
