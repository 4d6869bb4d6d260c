using System.Globalization;
using System.Text.RegularExpressions;

namespace ProgressHub.Workloads.Transcription.Engines;

/// <summary>
/// Reads what <c>pocketsphinx_batch -hypseg</c> writes: which piece, scores, then for each word its first frame of 10 ms,
/// two scores and itself, and last the frame behind the last word.
/// </summary>
internal static partial class PocketSphinxLine
{
    private const double Frame = 0.01;
    private const int PerWord = 4;

    /// <summary>A line such as <c>u3 S 0 T -9 A -8 L -1 0 -5 0 &lt;s&gt; 3 -4 -7 front 47</c>: which piece, and its words with times from its beginning.</summary>
    public static (int Index, IReadOnlyList<SpokenWord> Words)? Read(string line)
    {
        if (Head().Match(line) is not { Success: true } head
            || !int.TryParse(head.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            return null;
        var fields = line[head.Length..].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        List<SpokenWord> words = [];
        for (var i = 0; i + PerWord < fields.Length; i += PerWord)
        {
            if (!int.TryParse(fields[i], CultureInfo.InvariantCulture, out var first) || !int.TryParse(fields[i + PerWord], CultureInfo.InvariantCulture, out var next))
                return null;
            var word = Noise().Replace(fields[i + 3], "");
            if (word.Length > 0)
                words.Add(new SpokenWord(word, Math.Round(first * Frame, 2), Math.Round(Math.Max(first, next) * Frame, 2)));
        }

        return (index, words);
    }

    [GeneratedRegex(@"^u([0-9]{1,9}) S -?[0-9]+ T -?[0-9]+ A -?[0-9]+ L -?[0-9]+")]
    private static partial Regex Head();

    // What is no word: <sil>, [NOISE], ++BREATH++, the (NULL) of a grammar, and the number of a second way to say one, as in a(2).
    [GeneratedRegex(@"<[^<>\s]*>|\[[^\[\]\s]*\]|\+\+[^+\s]*\+\+|\((?:[0-9]+|NULL)\)")]
    private static partial Regex Noise();
}
