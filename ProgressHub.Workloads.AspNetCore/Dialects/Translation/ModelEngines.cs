using System.Text.RegularExpressions;

namespace ProgressHub.Workloads.AspNetCore.Dialects.Translation;

/// <summary>Whose model a name is.</summary>
internal static partial class ModelEngines
{
    /// <summary>The engine that has the model; null where the name does not say, so that the configured one gets it.</summary>
    public static string? Of(string? modelName) => modelName?.Trim() switch
    {
        { } name when Anthropic().IsMatch(name) => "anthropic",
        { } name when OpenAI().IsMatch(name) => "openai",
        _ => null,
    };

    [GeneratedRegex("^claude-", RegexOptions.IgnoreCase)]
    private static partial Regex Anthropic();

    [GeneratedRegex("^(?:(?:chat)?gpt-|o[1-9][0-9]*(?:-|$))", RegexOptions.IgnoreCase)]
    private static partial Regex OpenAI();
}
