using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ProgressHub.Core.Workloads;

/// <summary>The sentences in which an input is refused.</summary>
internal static class InputRefusal
{
    /// <summary>Refuses a value unless something holds of it.</summary>
    /// <param name="holds">What has to hold.</param>
    /// <param name="rule">The rule it breaks else.</param>
    /// <param name="keyword">Which part of the rule.</param>
    /// <param name="path">The property, such as <c>stages[2].weight</c>.</param>
    public static void Unless([DoesNotReturnIf(false)] bool holds, InputRule rule, string keyword, string path)
    {
        if (holds)
            return;
        var said = rule.Notes.Refusals.GetValueOrDefault(keyword);
        throw new WorkloadException(said?.Code ?? "invalid_input", said?.Message ?? Sentence(rule, keyword, path))
        {
            Property = path,
        };
    }

    private static string Sentence(InputRule rule, string keyword, string path) => keyword switch
    {
        "required" => Missing(rule, path),
        "twice" => $"'{path}' stands there twice.",
        "additionalProperties" => $"There is no property '{path}'.",
        "minLength" => rule.MinLength == 1 ? $"'{path}' is empty." : Invariant($"'{path}' has at least {rule.MinLength:N0} characters."),
        "maxLength" => Invariant($"'{path}' has more than {rule.MaxLength:N0} characters."),
        "minItems" or "minProperties" => Invariant($"'{path}' has at least {rule.MinCount:N0} {(rule.MinCount == 1 ? "entry" : "entries")}."),
        "maxItems" or "maxProperties" => Invariant($"'{path}' has at most {rule.MaxCount:N0} entries."),
        "pattern" => $"'{path}' is not of the right form{Described(rule)}",
        _ => $"'{path}' is {Wanted(rule)}.",
    };

    // "'topK' is a whole number from 1 to 20."
    private static string Wanted(InputRule rule)
    {
        if (rule.Choices.Count > 0)
            return $"one of {string.Join(", ", rule.Choices)}";
        return string.Join(" or ", rule.Types.Where(type => type != "null").Select(type => type switch
        {
            "integer" => $"a whole number{Bounds(rule)}",
            "number" => $"a number{Bounds(rule)}",
            "boolean" => "true or false",
            "array" => "a list",
            "object" => "an object",
            _ => "a string",
        }));
    }

    private static string Bounds(InputRule rule) => (rule.Minimum, rule.Maximum, rule.Above, rule.Below) switch
    {
        ({ } least, { } most, _, _) => Invariant($" from {least} to {most}"),
        ({ } least, null, _, null) => Invariant($" from {least} on"),
        (null, { } most, null, _) => Invariant($" up to {most}"),
        (_, _, { } above, null) => Invariant($" above {above}"),
        (_, _, null, { } below) => Invariant($" below {below}"),
        (_, _, { } above, { } below) => Invariant($" above {above} and below {below}"),
        _ => "",
    };

    private static string Missing(InputRule rule, string path) => $"'{path}' is missing{Described(rule)}";

    // The description as the end of a sentence: it begins with a capital there, and may end with a full stop.
    private static string Described(InputRule rule) => rule.Description is { Length: > 0 } said
        ? $": {char.ToLowerInvariant(said[0])}{said[1..].TrimEnd('.')}."
        : ".";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
