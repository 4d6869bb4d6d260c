using System.Text.RegularExpressions;
using ProgressHub.Workloads.Inference.Usage;

namespace ProgressHub.Workloads.Inference;

/// <summary>What the inputs of workloads with engines have in common.</summary>
internal static partial class EngineInput
{
    public const int MaxModel = 200;
    public const int MaxKey = 1000;
    public const string Model = "The engine's model, where it has several.";

    /// <summary>What stages that wait for a model depend on: how quick it is says nothing of this machine, and the other way round.</summary>
    public const string ModelResource = "model";

    public const string Key = "A key for the engine. It lives in memory for this job only and is never stored.";

    public const string BudgetTokens = "How many tokens the job may use of models, read and written, in all its attempts; it fails with budget_exceeded beyond, and keeps what is done. The server's own bound holds as well.";
    public const string BudgetCost = "The same for the cost, in the currency of the server's prices.";

    /// <summary>BCP 47, as far as engines know it: es, spa, zh-TW.</summary>
    public const string Language = "[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}";

    /// <summary>A language, or <c>auto</c> for the engine to find out.</summary>
    public const string LanguageOrAuto = $"auto|{Language}";

    /// <summary>What a submission allows itself.</summary>
    public static UsageBudget Budget(long? tokens, double? cost) => new(tokens, cost is { } c ? (decimal)c : null);

    /// <summary>Whether an engine calls a model that charges for tokens.</summary>
    public static bool CallsModels(string? engine) => engine is "openai" or "anthropic";

    /// <summary>Whether it is the code of a language.</summary>
    public static bool IsLanguage(string code) => Code().IsMatch(code);

    [GeneratedRegex($@"^(?:{Language})\z")]
    private static partial Regex Code();
}
