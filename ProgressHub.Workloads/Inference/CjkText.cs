using System.Globalization;
using System.Text;

namespace ProgressHub.Workloads.Inference;

/// <summary>What is written without spaces, and how any text is made comparable.</summary>
internal static class CjkText
{
    /// <summary>
    /// Compatibility forms folded (NFKC: full-width Latin, ligatures, circled numbers) and lower case, so that the same
    /// word is the same characters.
    /// </summary>
    public static string Fold(string text) => Sound(text).Normalize(NormalizationForm.FormKC).ToLowerInvariant();

    /// <summary>Whether a character belongs to a script without spaces: Han, kana, Bopomofo, Hangul.</summary>
    public static bool IsCjk(Rune rune) => rune.Value is
        (>= 0x3040 and <= 0x30FF) or (>= 0x3100 and <= 0x312F) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF)
        or (>= 0xAC00 and <= 0xD7AF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF) or 0x3005 or 0x3007;

    /// <summary>Whether a text is written mostly in such a script.</summary>
    public static bool IsMostlyCjk(string text)
    {
        int cjk = 0, letters = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsCjk(rune))
                cjk++;
            else if (Rune.IsLetter(rune))
                letters++;
        }

        // A Chinese character says about as much as three Latin letters.
        return cjk * 3 > letters;
    }

    /// <summary>Whether a character is part of a word that spaces delimit.</summary>
    public static bool IsWord(Rune rune) => !IsCjk(rune)
        && (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);

    /// <summary>A text that can be normalised: that throws at half a surrogate pair, and at U+FFFE, which is no character.</summary>
    public static string Sound(string text)
    {
        text = text.Replace('\uFFFE', '\uFFFD');
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])))
                return string.Concat(text.EnumerateRunes().Select(rune => rune.ToString()));
            if (char.IsHighSurrogate(text[i]))
                i++;
        }

        return text;
    }
}
