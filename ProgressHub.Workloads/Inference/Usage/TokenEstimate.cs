using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ProgressHub.Workloads.Inference.Usage;

/// <summary>
/// About how many tokens texts have, where an endpoint does not count them: four characters a token in alphabetic scripts,
/// one in Chinese, Japanese and Korean, as the common tokenizers come to on average.
/// </summary>
internal static class TokenEstimate
{
    // What a message costs beside its text: its role and its ends.
    private const double PerMessage = 4;

    // Below it are the alphabets; from it on radicals, kana, Hangul and Han.
    private const char FirstOfCjk = '\u2E80';

    /// <summary>The tokens of a request.</summary>
    public static double Of(IEnumerable<ChatMessage> messages, ChatOptions? options) =>
        messages.Sum(message => PerMessage + message.Contents.Sum(Of))
        + (options?.Tools ?? []).OfType<AIFunctionDeclaration>().Sum(tool => Of(tool.Description) + Of(tool.JsonSchema.GetRawText()));

    /// <summary>The tokens of a part of a message.</summary>
    public static double Of(AIContent content) => content switch
    {
        TextContent text => Of(text.Text),
        TextReasoningContent thought => Of(thought.Text),
        FunctionCallContent call => Of(call.Name) + (call.Arguments?.Sum(a => Of(a.Key) + Of(a.Value?.ToString())) ?? 0),
        FunctionResultContent result => Of(result.Result switch
        {
            null => null,
            JsonElement json => json.GetRawText(),
            var value => value.ToString(),
        }),
        _ => 0,
    };

    private static double Of(string? text)
    {
        var tokens = 0.0;
        foreach (var character in text ?? "")
            tokens += character >= FirstOfCjk && !char.IsSurrogate(character) ? 1 : 0.25;
        return tokens;
    }
}
