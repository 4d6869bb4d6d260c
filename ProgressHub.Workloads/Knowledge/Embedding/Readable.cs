using System.Text;

namespace ProgressHub.Workloads.Knowledge.Embedding;

/// <summary>
/// Whether a text is language at all: marks, numbers, keys and one word over and over have no meaning that a model could
/// tell, and cost as much to read as a page of prose.
/// </summary>
internal static class Readable
{
    // Of what can be seen, letters are the larger part of any prose, and a good part of a table or a program.
    private const double FewestLetters = 0.25;

    // A word or two over and over.
    private const int ManyWords = 12;
    private const int FewestDistinct = 4;

    // A key by itself may be what somebody asks for.
    private const int LettersOfAKey = 20;

    // Two letters of five are vowels in English, one of five in letters by chance; fewer letters prove nothing.
    private const int ManyLetters = 100;
    private const double FewestVowels = 0.26;

    /// <summary>Judges a text in lower case.</summary>
    public static bool Is(string text)
    {
        int letters = 0, digits = 0, marks = 0, vowels = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetter(rune))
                (letters, vowels) = (letters + 1, vowels + ("aeiouy".Contains((char)rune.Value) || !rune.IsAscii ? 1 : 0));
            else if (Rune.IsDigit(rune))
                digits++;
            else if (!Rune.IsWhiteSpace(rune))
                marks++;
        }

        return marks <= letters && letters >= FewestLetters * (letters + digits + marks)
            && (letters < ManyLetters || vowels >= FewestVowels * letters) && HasWords(text, letters);
    }

    /// <summary>Letters with digits among them are keys and hashes rather than words.</summary>
    private static bool HasWords(string text, int letters)
    {
        var (words, inKeys) = (0, 0);
        var distinct = new HashSet<string>(StringComparer.Ordinal);
        var look = distinct.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 0; i < text.Length;)
        {
            var from = i;
            while (i < text.Length && char.IsLetter(text[i]))
                i++;
            if (i == from)
            {
                i++;
                continue;
            }

            words++;
            if (distinct.Count < FewestDistinct)
                look.Add(text.AsSpan(from, i - from));
            if (IsDigit(text, from - 1) || IsDigit(text, i))
                inKeys += i - from;
        }

        return (letters < LettersOfAKey || 2 * inKeys <= letters) && (words < ManyWords || distinct.Count >= FewestDistinct);
    }

    private static bool IsDigit(string text, int index) => index >= 0 && index < text.Length && char.IsAsciiDigit(text[index]);
}
