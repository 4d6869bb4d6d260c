using System.Collections.Frozen;

namespace ProgressHub.Workloads.Analysis.Planning.Language;

/// <summary>Takes words back to what they are compared by.</summary>
internal static class Stemmer
{
    private static readonly FrozenDictionary<string, string> Irregular = new Dictionary<string, string>
    {
        ["people"] = "person", ["men"] = "man", ["women"] = "woman", ["children"] = "child", ["feet"] = "foot", ["mice"] = "mouse",
        ["sales"] = "sale", ["less"] = "less", ["always"] = "always", ["news"] = "news", ["does"] = "does", ["series"] = "series",
        ["movies"] = "movie", ["calories"] = "calorie", ["cookies"] = "cookie", ["species"] = "species", ["selfies"] = "selfie", ["rookies"] = "rookie",
        ["criteria"] = "criterion", ["cities"] = "city", ["plus"] = "plus", ["minus"] = "minus", ["whose"] = "whose", ["times"] = "times",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // The longest first: what makes another kind of word of one.
    private static readonly string[] Endings =
        ["ization", "ational", "ations", "iness", "ation", "ption", "ities", "ment", "ness", "tion", "sion", "iest", "ance", "ence",
         "ing", "ion", "ity", "ied", "ier", "est", "ed", "er", "or", "al", "ly", "es", "e", "y"];

    /// <summary>Lower case and singular, roughly.</summary>
    public static string Stem(string word)
    {
        // SKUs, IDs.
        if (word is [.., >= 'A' and <= 'Z', 's'] && word.Length > 2 && word[..^1].All(char.IsAsciiLetterUpper))
            word = word[..^1];
        var lower = word.ToLowerInvariant();
        if (Irregular.TryGetValue(lower, out var known))
            return known;
        return lower switch
        {
            { Length: < 4 } => lower,
            _ when lower.EndsWith("ies", StringComparison.Ordinal) && lower.Length > 4 => $"{lower[..^3]}y",
            _ when EndsWithAny(lower, "sses", "xes", "ches", "shes", "zes", "tuses", "nuses", "puses", "gases") => lower[..^2],
            _ when EndsWithAny(lower, "ss", "us", "is") => lower,
            _ when lower.EndsWith('s') => lower[..^1],
            _ => lower,
        };
    }

    /// <summary>What a word has in common with its relatives, such as <c>consum</c> of consumption; never under four letters.</summary>
    public static string Root(string stem)
    {
        var once = Strip(stem);
        return once.Length < stem.Length ? Strip(once) : once;
    }

    private static string Strip(string stem)
    {
        foreach (var ending in Endings)
        {
            if (stem.Length - ending.Length >= 4 && stem.EndsWith(ending, StringComparison.Ordinal))
                return ending == "sion" && stem[^5] == 'n' ? $"{stem[..^4]}d" : Undouble(stem[..^ending.Length]);
        }

        return stem;
    }

    // "shipped" is of "ship".
    private static string Undouble(string root) => root.Length > 4 && root[^1] == root[^2] && root[^1] is not ('s' or 'l') ? root[..^1] : root;

    private static bool EndsWithAny(string word, params ReadOnlySpan<string> ends)
    {
        foreach (var end in ends)
        {
            if (word.EndsWith(end, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
