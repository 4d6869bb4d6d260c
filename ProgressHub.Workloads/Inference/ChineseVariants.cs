using System.Collections.Frozen;

namespace ProgressHub.Workloads.Inference;

/// <summary>
/// Makes traditional and simplified Chinese comparable, a character at a time: both become simplified ones. That several
/// characters become one (後 and 后) costs little precision, for words are compared by pairs of characters.
/// </summary>
internal static class ChineseVariants
{
    private static readonly FrozenDictionary<char, char> Simplified = Read();

    /// <summary>How many characters have another form.</summary>
    public static int Count => Simplified.Count;

    /// <summary>The text with each character in its simplified form; as long as it was.</summary>
    public static string Fold(string text)
    {
        var first = 0;
        while (first < text.Length && !Simplified.ContainsKey(text[first]))
            first++;
        return first == text.Length ? text : string.Create(text.Length, text, static (span, text) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = Simplified.GetValueOrDefault(text[i], text[i]);
        });
    }

    private static FrozenDictionary<char, char> Read()
    {
        using var stream = typeof(ChineseVariants).Assembly.GetManifestResourceStream(
            $"{typeof(ChineseVariants).Namespace}.ChineseVariants.txt")
            ?? throw new InvalidOperationException("The table of Chinese characters is not in the assembly.");
        using var reader = new StreamReader(stream);
        var pairs = new Dictionary<char, char>();
        while (reader.ReadLine() is { } line)
        {
            foreach (var pair in line.StartsWith('#') ? [] : line.Split(' '))
                pairs.Add(pair[0], pair[1]);
        }

        return pairs.ToFrozenDictionary();
    }
}
