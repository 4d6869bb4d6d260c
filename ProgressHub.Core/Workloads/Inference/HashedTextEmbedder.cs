using System.Globalization;
using System.Text;

namespace ProgressHub.Core.Workloads.Inference;

/// <summary>
/// Vectors without a model: words and their character trigrams, and of scripts without spaces single characters and pairs,
/// hashed with a sign (Weinberger and others, 2009) by FNV-1a. It knows spellings, not meanings.
/// </summary>
internal sealed class HashedTextEmbedder : ITextEmbedder
{
    private const int Dimensions = 256;

    public string Id => "hashed-trigrams-1";

    public float[] Embed(string text)
    {
        var vector = new float[Dimensions];
        foreach (var gram in Grams(text.Normalize(NormalizationForm.FormKC).ToLowerInvariant()))
        {
            var hash = Fnv1a(gram);
            vector[hash % Dimensions] += (hash >> 63) == 0 ? 1 : -1;
        }

        var length = MathF.Sqrt(vector.Sum(v => v * v));
        if (length > 0)
        {
            for (var i = 0; i < vector.Length; i++)
                vector[i] /= length;
        }

        return vector;
    }

    private static IEnumerable<string> Grams(string text)
    {
        var word = new StringBuilder();
        string? last = null;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value >= 0x3000 && Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherLetter)
            {
                var one = rune.ToString();
                yield return one;
                if (last is not null)
                    yield return last + one;
                last = one;
                continue;
            }

            last = null;
            if (Rune.IsLetterOrDigit(rune))
            {
                word.Append(rune.ToString());
                continue;
            }

            foreach (var gram in OfWord(word))
                yield return gram;
        }

        foreach (var gram in OfWord(word))
            yield return gram;
    }

    private static List<string> OfWord(StringBuilder word)
    {
        List<string> grams = [];
        if (word.Length > 0)
        {
            var bounded = $"<{word}>";
            word.Clear();
            grams.Add(bounded);
            for (var i = 0; i + 3 < bounded.Length; i++)
                grams.Add(bounded.Substring(i, 3));
        }

        return grams;
    }

    private static ulong Fnv1a(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text)
        {
            hash = (hash ^ (byte)c) * 1099511628211UL;
            hash = (hash ^ (byte)(c >> 8)) * 1099511628211UL;
        }

        return hash;
    }
}
