using System.Text;
using ProgressHub.Workloads.Inference;

namespace ProgressHub.Workloads.Knowledge.Ask;

/// <summary>
/// Guesses the language of a text by its script and, in Latin letters, by the small words that every sentence of a language
/// has. It is asked for a remark alone, so that it rather says nothing than something wrong.
/// </summary>
internal static class LanguageGuess
{
    // One small word alone may be a name, or the same in several languages.
    private const int LeastWords = 2;

    private static readonly Dictionary<string, HashSet<string>> SmallWords = new(StringComparer.Ordinal)
    {
        ["English"] = Words("the of and to is are was were that this with for from within may must not have has you your which what when where how who why does do can should they their it its in on at by be will an"),
        ["German"] = Words("der die das und ist sind war nicht mit für von auf ein eine einen dem den des im zu zum zur wie was wann wo wer warum ich wir sie viele habe haben kann muss wird werden um auch oder bei nach"),
        ["French"] = Words("le la les des du une et est sont pas pour avec dans sur que qui quoi quand comment où pourquoi combien je nous vous ils leur mon ma mes au aux ce cette ne puis peut doit être avoir"),
        ["Spanish"] = Words("el los las una y es son con para por que qué cómo cuándo dónde quién cuánto cuántos yo mi tengo tiene puede debe del al no se lo su sus está están ser haber hay"),
        ["Italian"] = Words("il lo gli una e è sono con per che come quando dove chi perché quanto quanti io mio ho ha può deve del della dei delle al alla non si suo essere avere di da nel nella"),
        ["Portuguese"] = Words("o os as uma e é são com para por que como quando onde quem quanto quantos eu meu tenho tem pode deve do da dos das ao à não se seu ser estar há em no na"),
        ["Dutch"] = Words("de het een en is zijn niet met voor van op in wat wanneer waar wie hoe waarom ik wij mijn heb heeft kan moet worden ook of bij naar te dat dit veel"),
    };

    /// <summary>The language's name in English; null where it is not clear.</summary>
    public static string? Of(string text)
    {
        if (ScriptOf(text) is not "Latin" and var script)
            return script;
        var words = Split(text);
        var counts = SmallWords.Select(language => (language.Key, Count: words.Count(language.Value.Contains)))
            .OrderByDescending(c => c.Count).ToList();
        return counts[0].Count >= LeastWords && counts[0].Count > counts[1].Count ? counts[0].Key : null;
    }

    /// <summary>The language that a script stands for, or <c>Latin</c>; null where there are too few letters to tell.</summary>
    private static string? ScriptOf(string text)
    {
        int latin = 0, han = 0, kana = 0, hangul = 0, cyrillic = 0, other = 0;
        foreach (var rune in text.EnumerateRunes().Where(Rune.IsLetter))
        {
            _ = rune.Value switch
            {
                < 0x250 => latin++,
                >= 0x400 and <= 0x52F => cyrillic++,
                >= 0x3040 and <= 0x30FF => kana++,
                >= 0xAC00 and <= 0xD7AF => hangul++,
                _ when CjkText.IsCjk(rune) => han++,
                _ => other++,
            };
        }

        // A character of such scripts says about as much as three letters; of a text in two languages nothing is said.
        var cjk = han + kana + hangul;
        var share = cjk * 3.0 / Math.Max(1, (cjk * 3) + latin + cyrillic + other);
        if (share is > 0.1 and < 0.9)
            return null;
        return share >= 0.9
            ? hangul * 2 > cjk ? "Korean" : kana * 5 > cjk ? "Japanese" : "Chinese"
            : latin >= cyrillic + other && latin > 0 ? "Latin"
            : null;
    }

    private static List<string> Split(string text) =>
        [.. text.ToLowerInvariant().Split([.. text.ToLowerInvariant().Where(c => !char.IsLetter(c)).Distinct()], StringSplitOptions.RemoveEmptyEntries)];

    private static HashSet<string> Words(string words) => new(words.Split(' '), StringComparer.Ordinal);
}
