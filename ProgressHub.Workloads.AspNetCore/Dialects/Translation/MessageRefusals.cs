using ProgressHub.AspNetCore.Problems;

namespace ProgressHub.Workloads.AspNetCore.Dialects.Translation;

/// <summary>What a refusal looks like to this dialect's clients, in the names that they know.</summary>
internal sealed class MessageRefusals : IProblemShape
{
    private static readonly (string Native, string Here)[] Names =
    [
        ("text", "content"), ("model", "model_name"), ("engine", "model_name"), ("apiKey", "api_key"),
        ("targetLanguage", "target_language"), ("sourceLanguage", "source_language"),
    ];

    /// <inheritdoc/>
    public byte[] Serialize(Problem problem) => MessageText.Of(new MessageRefusal(
        false, new MessageError(problem.Code, InTheseNames(problem.Detail)) { Property = Name(problem.Property) }));

    private static string? Name(string? property) =>
        Array.Find(Names, n => n.Native == property) is { Here: { } here } ? here : property;

    private static string InTheseNames(string text)
    {
        foreach (var (native, here) in Names)
            text = text.Replace($"'{native}'", $"'{here}'", StringComparison.Ordinal);
        return text.Replace("send apiKey", "send api_key", StringComparison.Ordinal);
    }
}
